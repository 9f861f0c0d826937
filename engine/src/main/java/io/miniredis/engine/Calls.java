package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.miniredis.api.CommandException;
import io.miniredis.api.Key;
import io.miniredis.api.Slice;
import io.miniredis.api.transport.RequestBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * A worker's part in commands that call others: makes the request, sees to it that the called command touches nothing that the caller
 * has not declared, and keeps what each level of calls needs for itself. Confined to the worker's thread.
 */
final class Calls {
    /** How many commands may be on their way, each called by the one before. */
    static final int MAX_DEPTH = 16;

    private static final byte[] NOTHING = {};

    private final Worker worker;
    private final List<Level> levels = new ArrayList<>();
    private int depth;

    /** Far from the numbers of commands that clients send, and never the same twice. */
    private long commandNumber;

    /** What a called command runs with; used again for the next one that is called as deeply. */
    static final class Level {
        final RequestBatch request = new RequestBatch();
        final Arguments args;
        final ReplyValues reply = new ReplyValues();
        byte[] scratch = NOTHING;

        Level(Databases databases) {
            args = new Arguments(databases);
        }

        private void bind(String name, Object[] arguments) {
            List<byte[]> words = new ArrayList<>();
            words.add(name.getBytes(UTF_8));
            int bytes = words.get(0).length;
            for (Object argument : arguments) {
                byte[] word = bytes(argument);
                words.add(word);
                bytes = Math.addExact(bytes, word.length);
            }
            byte[] buffer = new byte[bytes];
            request.clear(buffer);
            int at = 0;
            for (byte[] word : words) {
                System.arraycopy(word, 0, buffer, at, word.length);
                request.addArgument(at, word.length);
                at += word.length;
            }
            request.endRequest(at);
            args.bind(request, 0);
            reply.begin();
        }

        private void forget() {
            request.clear(NOTHING);
            request.trim();
            args.trim();
            reply.rollback();
        }
    }

    Calls(Worker worker) {
        this.worker = worker;
        commandNumber = worker.random.nextLong();
    }

    /** Whether the running command was called by another one. */
    boolean areRunning() {
        return depth > 0;
    }

    Object call(String name, Object... arguments) throws CommandException {
        if (depth == MAX_DEPTH) {
            throw new CommandException("ERR commands call each other more than " + MAX_DEPTH + " deep");
        }
        if (depth == levels.size()) {
            levels.add(new Level(worker.engine.databases()));
        }
        Level level = levels.get(depth);
        level.bind(name, arguments);
        depth++;
        try {
            return worker.runCalled(level, ++commandNumber);
        } finally {
            depth--;
            level.forget();
        }
    }

    private static byte[] bytes(Object argument) {
        if (argument instanceof byte[] bytes) {
            return bytes;
        }
        if (argument instanceof Slice slice) {
            return slice.copy();
        }
        if (argument instanceof Key key) {
            return key.name().copy();
        }
        if (argument instanceof String || argument instanceof Number) {
            return argument.toString().getBytes(UTF_8);
        }
        throw new IllegalArgumentException(
                "an argument of a command cannot be " + (argument == null ? "null" : "a " + argument.getClass()));
    }

    /** Refuses a command that would touch what its caller may not. */
    static void check(Command called, Arguments args, Command caller, Arguments callerArgs) throws CommandException {
        for (int i = 0; i < args.keyCount(); i++) {
            KeyRef key = args.keyAt(i);
            if (!callerArgs.declares(key, false)) {
                throw refusal(called, key, caller, "does not declare");
            }
            if (!key.readOnly && !callerArgs.declares(key, true)) {
                throw refusal(called, key, caller, "declares as read-only");
            }
        }
    }

    private static CommandException refusal(Command called, KeyRef key, Command caller, String what) {
        String name = caller.spec.name();
        return new CommandException("ERR '" + called.spec.name() + "' was called by '" + name + "' with the key '"
                + Worker.printable(key.name(), 128) + "', which '" + name + "' " + what);
    }
}

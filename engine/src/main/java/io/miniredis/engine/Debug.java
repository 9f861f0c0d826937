package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Key;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;
import io.miniredis.api.ValueType;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code DEBUG SLEEP seconds}, {@code DEBUG SET-ACTIVE-EXPIRE 0|1}, {@code DEBUG OBJECT key}, {@code DEBUG HELP}: for tests. Errors:
 * not allowed, which is the default; no such key; unknown subcommand. As in Redis not a container, so it declares no key and takes
 * the locks that it needs. Source: Redis 7.0.
 */
public final class Debug implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("debug")
            .arity(-2)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .summary("A container for debugging commands")
            .since("1.0.0")
            .group("server")
            .complexity("Depends on subcommand.")
            .systemCommand()
            .build();

    /** Long enough for anybody. */
    private static final double MAX_SLEEP_SECONDS = 1e9;

    private static final List<String> HELP = Help.text(
            "DEBUG",
            "OBJECT <key>",
            "    Show low level info about `key` and associated value.",
            "SET-ACTIVE-EXPIRE <0|1>",
            "    Setting it to 0 disables expiring keys in background when they are not",
            "    accessed (otherwise the Redis behavior). Setting it to 1 reenables back the",
            "    default.",
            "SLEEP <seconds>",
            "    Stop the server for <seconds>. Decimals allowed.");

    /** For the service loader. */
    public Debug() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Worker worker = Worker.of(context);
        checkAllowed(worker);
        if (args.is(1, "HELP") && args.size() == 2) {
            Help.reply(HELP, reply);
        } else if (args.is(1, "SLEEP") && args.size() == 3) {
            sleep(worker, args.slice(2));
            reply.ok();
        } else if (args.is(1, "SET-ACTIVE-EXPIRE") && args.size() == 3) {
            worker.engine.expireActively(leadingInteger(args.slice(2)) != 0);
            reply.ok();
        } else if (args.is(1, "OBJECT") && args.size() == 3) {
            reply.simple(describe(worker, args.slice(2)));
        } else {
            throw new CommandException("ERR unknown subcommand or wrong number of arguments for '"
                    + Worker.printable(args.slice(1), 128) + "'. Try DEBUG HELP.");
        }
    }

    private static void sleep(Worker worker, Slice seconds) {
        double wanted = Math.min(CDouble.leading(seconds.toString()), MAX_SLEEP_SECONDS);
        long end = System.nanoTime() + (long) (wanted * TimeUnit.SECONDS.toNanos(1));
        worker.locks.acquireAll();
        long left = end - System.nanoTime();
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(left);
            left = end - System.nanoTime();
        }
    }

    /** The integer that a text begins with, 0 if there is none, as the C function {@code atoi} reads it. */
    private static int leadingInteger(Slice text) {
        double number = CDouble.leading(text.toString());
        return (int) number;
    }

    private static String describe(Worker worker, Slice name) throws CommandException {
        worker.locks.acquireAll();
        WorkingKeyspace keyspace = worker.keyspace();
        Key key = keyspace.reach(name);
        Object occupant = keyspace.occupant(key);
        if (occupant == null) {
            throw Errors.noSuchKey();
        }
        Types types = worker.engine.types();
        int used = keyspace.used(key);
        return "Value at:0x" + Integer.toHexString(System.identityHashCode(occupant))
                + " refcount:" + ObjectRefcount.of(keyspace, key)
                + " encoding:" + types.encoding(occupant)
                + " serializedlength:" + serializedLength(types.of(occupant), types.value(occupant))
                + " lru:" + used
                + " lru_seconds_idle:" + AccessTime.between(used, worker.accessTime());
    }

    private static int serializedLength(ValueType<?> type, Object value) throws CommandException {
        try {
            return Payload.length(type, value);
        } catch (IOException e) {
            throw new CommandException("ERR the value cannot be written by its type '" + type.name() + "'");
        }
    }

    private static void checkAllowed(Worker worker) throws CommandException {
        if (!worker.isAllowed("enable-debug-command")) {
            throw new CommandException("ERR DEBUG command not allowed. If the enable-debug-command option is set to"
                    + " \"local\", you can run it from a local connection, otherwise you need to set this"
                    + " option in the configuration file, and then restart the server.");
        }
    }
}

package io.miniredis.testkit;

import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Runs one example of a command in all the ways that {@link CommandCheck} promises. */
final class ExampleCheck {
    private static final String WRONG_TYPE = "-" + Errors.wrongType().getMessage();
    private static final String OUT_OF_MEMORY = "-" + Errors.outOfMemory().getMessage();
    private static final String NO_KEYS = "-ERR The command has no key arguments";

    private final TestServer server;
    private final Observation observation;
    private final CommandSpec spec;
    private final Example example;
    private final boolean answersOtherTypes;
    private final boolean answersErrorsWithoutCode;

    /** What the client waited for. */
    private enum Waiting {
        NOT,
        FOR_KEYS,
        FOR_WORK
    }

    /** What a run led to. */
    private record Outcome(List<String> args, ReplyValue reply, Waiting waiting, Contents before, Contents after) {
        String change() {
            List<String> changes = after.changesSince(before);
            return changes.isEmpty() ? null : String.join(", ", changes);
        }

        boolean isRefused() {
            return reply.isError();
        }
    }

    ExampleCheck(
            TestServer server,
            Observation observation,
            CommandSpec spec,
            Example example,
            boolean answersOtherTypes,
            boolean answersErrorsWithoutCode) {
        this.server = server;
        this.observation = observation;
        this.spec = spec;
        this.example = example;
        this.answersOtherTypes = answersOtherTypes;
        this.answersErrorsWithoutCode = answersErrorsWithoutCode;
    }

    /** Returns whether the example is answered with something other than an error. */
    boolean verify() {
        Outcome plain = run(example.args());
        Set<String> typed = Set.copyOf(observation.typed);
        checkAnswer(plain);
        checkWaiting(plain);
        List<String> keys = checkKeys(plain);
        checkMemory(plain);
        checkProtocols(plain);
        checkCase(plain);
        checkTransaction(plain);
        checkArity();
        for (String key : keys) {
            checkType(key, typed.contains(key));
        }
        return !plain.isRefused();
    }

    private void checkAnswer(Outcome plain) {
        if (!spec.accepts(example.args().size())) {
            fail("has " + example.args().size() + " arguments, its name included, which the arity " + spec.arity()
                    + " does not accept");
        }
        String answer = plain.reply.toString();
        if (example.answer() != null && !answer.equals(example.answer())) {
            fail("answers " + answer + ", not " + example.answer());
        }
    }

    private void checkWaiting(Outcome plain) {
        if (plain.waiting == Waiting.FOR_KEYS && !spec.is(CommandFlag.BLOCKING)) {
            fail("waits, but is not declared as BLOCKING");
        }
    }

    /** Returns the keys that the server finds. */
    private List<String> checkKeys(Outcome plain) {
        List<String> keys = example.args().size() == 1 ? List.of() : foundKeys(plain);
        boolean isSaid = !plain.isRefused() || !example.keys().isEmpty();
        if (isSaid && !sorted(keys).equals(sorted(example.keys()))) {
            fail("has the keys " + example.keys() + ", but COMMAND GETKEYS finds " + keys);
        }
        return keys;
    }

    private List<String> foundKeys(Outcome plain) {
        ReplyValue found = getKeys();
        boolean hasNone = found.toString().equals(NO_KEYS);
        if (found.isError() && !hasNone && !plain.isRefused()) {
            fail("is answered, but COMMAND GETKEYS says: " + found);
        }
        return found.isError()
                ? List.of()
                : found.values().stream().map(ReplyValue::text).toList();
    }

    private ReplyValue getKeys() {
        try (TestClient client = server.connect()) {
            List<String> command = new ArrayList<>(List.of("COMMAND", "GETKEYS"));
            command.addAll(example.args());
            return ReplyValue.ofOne(exchange(client, command));
        }
    }

    private static List<String> sorted(List<String> names) {
        return names.stream().sorted().toList();
    }

    private void checkMemory(Outcome plain) {
        long gained = plain.after.gainedBytes(plain.before);
        if (!spec.is(CommandFlag.DENYOOM)) {
            if (gained > 0) {
                fail("adds " + gained + " bytes of data, but is not declared as DENYOOM");
            }
            return;
        }
        try (TestClient administrator = server.connect();
                TestClient client = server.connect()) {
            Contents before = prepare(client);
            send(administrator, "CONFIG", "SET", "maxmemory", "1");
            Outcome full = run(client, example.args(), before);
            send(administrator, "CONFIG", "SET", "maxmemory", "0");
            if (!full.reply.toString().equals(OUT_OF_MEMORY)) {
                fail("answers " + full.reply + " when memory is full, not " + OUT_OF_MEMORY);
            }
        }
    }

    private void checkProtocols(Outcome plain) {
        try (TestClient client = server.connect().resp3()) {
            checkSame("RESP3", plain, run(client, example.args(), prepare(client)));
        }
    }

    private void checkCase(Outcome plain) {
        List<String> args = new ArrayList<>(example.args());
        args.subList(0, Math.min(names(), args.size())).replaceAll(ExampleCheck::swapCase);
        checkSame("another case", plain, run(args));
    }

    private static String swapCase(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return name.equals(upper) ? name.toLowerCase(Locale.ROOT) : upper;
    }

    private void checkTransaction(Outcome plain) {
        if (spec.is(CommandFlag.NO_MULTI) || !spec.accepts(example.args().size())) {
            return;
        }
        try (TestClient client = server.connect()) {
            Contents before = prepare(client);
            send(client, "MULTI");
            String queued = client.send(example.args().toArray(new String[0]));
            if (!queued.equals("+QUEUED")) {
                fail("answers " + queued + " between MULTI and EXEC, not +QUEUED");
            }
            ReplyValue exec = answer(client, example.args(), List.of("EXEC"));
            if (exec.kind() != '*' || exec.values().size() != 1) {
                fail("leads to " + exec + " inside MULTI, instead of one reply");
            }
            Outcome inside =
                    checked(new Outcome(example.args(), exec.values().get(0), Waiting.NOT, before, server.contents()));
            if (plain.waiting == Waiting.NOT) {
                checkSame("MULTI", plain, inside);
            }
        }
    }

    /** The same command on the same data answers and does the same. */
    private void checkSame(String where, Outcome expected, Outcome actual) {
        if (spec.tips().contains("nondeterministic_output")) {
            return;
        }
        ReplyValue one = comparable(expected.reply);
        ReplyValue other = comparable(actual.reply);
        if (!one.equals(other)) {
            fail("answers " + expected.reply + ", but " + actual.reply + " in " + where);
        }
        List<String> differences = actual.after.changesSince(expected.after);
        if (!differences.isEmpty()) {
            fail("does something else in " + where + ": " + String.join(", ", differences));
        }
    }

    private ReplyValue comparable(ReplyValue reply) {
        ReplyValue common = reply.inResp2();
        return spec.tips().contains("nondeterministic_output_order") ? common.inOrder() : common;
    }

    private int names() {
        return spec.name().contains("|") ? 2 : 1;
    }

    private void checkArity() {
        List<String> args = example.args();
        for (int count = names(); count < args.size(); count++) {
            checkArity(args.subList(0, count));
        }
        List<String> more = new ArrayList<>(args);
        more.add("more");
        checkArity(more);
    }

    private void checkArity(List<String> args) {
        Outcome outcome = run(args);
        String expected = "-" + Errors.wrongArity(spec.name()).getMessage();
        if (!spec.accepts(args.size()) && !outcome.reply.toString().equals(expected)) {
            fail(args, "answers " + outcome.reply + ", not " + expected);
        }
    }

    /** @param typed whether the example looks the key up as a certain type */
    private void checkType(String key, boolean typed) {
        try (TestClient client = server.connect()) {
            prepare(client);
            send(client, "TESTKIT.OTHER", key);
            Outcome outcome = run(client, example.args(), server.contents());
            if (typed && !answersOtherTypes && !outcome.reply.toString().equals(WRONG_TYPE)) {
                fail("answers " + outcome.reply + " if key '" + key + "' holds another type, not " + WRONG_TYPE);
            }
        }
    }

    private Outcome run(List<String> args) {
        try (TestClient client = server.connect()) {
            return run(client, args, prepare(client));
        }
    }

    /** Has nothing stored but what is given. */
    private Contents prepare(TestClient client) {
        send(client, "FLUSHALL");
        example.given().forEach(command -> send(client, command.toArray(new String[0])));
        return server.contents();
    }

    /** Sends a command that is not the one to be checked. */
    private void send(TestClient client, String... command) {
        String reply = client.send(command);
        if (reply.startsWith("-") || reply.equals(TestClient.WAITING)) {
            fail("cannot begin: " + String.join(" ", command) + " answers " + reply);
        }
    }

    /** Sends the command, and checks what holds for each of its runs. */
    private Outcome run(TestClient client, List<String> args, Contents before) {
        String id = client.send("CLIENT", "ID");
        ReplyValue reply = answer(client, args, args);
        Waiting waiting = Waiting.NOT;
        if (reply == null) {
            checkUnchanged(args, before);
            waiting = endWaiting(id);
            reply = parsed(args, client.awaitWire());
        }
        return checked(new Outcome(args, reply, waiting, before, server.contents()));
    }

    /** Who waits for work of another thread goes on when that is done; who waits for keys is told that the time is over. */
    private Waiting endWaiting(String id) {
        try (TestClient other = server.connect()) {
            boolean waitedForKeys = other.send("CLIENT", "UNBLOCK", id).equals("1");
            return waitedForKeys ? Waiting.FOR_KEYS : Waiting.FOR_WORK;
        }
    }

    /** Sends something that has the command run with some arguments. Returns null if it waits. */
    private ReplyValue answer(TestClient client, List<String> args, List<String> sent) {
        observation.clear();
        byte[] wire = exchange(client, sent);
        return wire.length == 0 && !client.isClosed() ? null : parsed(args, wire);
    }

    private static byte[] exchange(TestClient client, List<String> command) {
        return client.exchange(TestClient.request(command.toArray(new String[0])));
    }

    private ReplyValue parsed(List<String> args, byte[] wire) {
        try {
            return ReplyValue.ofOne(wire);
        } catch (RuntimeException e) {
            throw new AssertionError(describe(args, "does not answer with one reply: " + e.getMessage()), e);
        }
    }

    private Outcome checked(Outcome outcome) {
        checkFailure(outcome.args);
        checkReply(outcome);
        checkChanges(outcome);
        return outcome;
    }

    private void checkFailure(List<String> args) {
        if (observation.failure != null) {
            throw new AssertionError(describe(args, "fails with " + observation.failure), observation.failure);
        }
    }

    private void checkReply(Outcome outcome) {
        String reply = outcome.reply.toString();
        if (reply.startsWith("-ERR internal error")) {
            fail(
                    outcome.args,
                    reply.endsWith("incomplete reply") ? "does not write exactly one reply" : "answers " + reply);
        }
        if (outcome.isRefused() && !answersErrorsWithoutCode && !reply.matches("(?s)-[A-Z]+ .*")) {
            fail(
                    outcome.args,
                    "answers the error '" + reply.substring(1) + "', which does not begin with a code such as ERR");
        }
    }

    private void checkChanges(Outcome outcome) {
        String change = outcome.change();
        if (change == null) {
            return;
        }
        if (outcome.isRefused()) {
            fail(outcome.args, "answers " + outcome.reply + ", but " + change);
        }
        if (!spec.is(CommandFlag.WRITE)) {
            fail(outcome.args, "is not declared as WRITE, but " + change);
        }
        if (observation.isComplete) {
            Set<String> behind = new TreeSet<>(outcome.after.changedNames(outcome.before));
            behind.removeAll(observation.written);
            if (!behind.isEmpty()) {
                fail(
                        outcome.args,
                        "changes the value of " + behind + " without having asked to, so that the server does"
                                + " not know");
            }
        }
    }

    private void checkUnchanged(List<String> args, Contents before) {
        List<String> changes = server.contents().changesSince(before);
        if (!changes.isEmpty()) {
            fail(args, "waits, but " + String.join(", ", changes));
        }
    }

    private void fail(String what) {
        fail(example.args(), what);
    }

    private void fail(List<String> args, String what) {
        throw new AssertionError(describe(args, what));
    }

    private String describe(List<String> args, String what) {
        return new Example(example.given(), args, List.of(), null) + ": " + what;
    }
}

package io.miniredis.app;

import io.miniredis.app.RawReply.Agreement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Lets the same happen to two servers, up to the first difference. */
final class Comparison {
    /** Returns all keys of a database at once; and Redis forgets those that have expired. */
    static final String[] SCAN_ALL = {"SCAN", "0", "COUNT", "1000"};

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Rival redis;
    private final Rival ours;
    private final boolean lazily;
    /** How what each client has queued must agree. */
    private final Map<Integer, List<Agreement>> queued = new HashMap<>();

    private String redisDump = "";
    private String ourDump = "";
    private long commands;

    /** What came of a step, at each server: who received what. */
    record Exchange(Step step, Map<Integer, RawReply> expected, Map<Integer, RawReply> actual, boolean agrees) {
        @Override
        public String toString() {
            return agrees
                    ? step + "\n    both      " + text(expected)
                    : step + "\n    Redis     " + text(expected) + "\n    miniRedis " + text(actual);
        }

        private String text(Map<Integer, RawReply> replies) {
            if (step.isPassing() && replies.isEmpty()) {
                return "(time passes)";
            }
            Map<Integer, RawReply> others = new TreeMap<>(replies);
            RawReply own = others.remove(step.client());
            return (own == null ? "(waits)" : own.toString())
                    + (others.isEmpty() ? "" : " and to the clients " + others);
        }
    }

    Comparison(Rival redis, Rival ours) {
        this(redis, ours, false);
    }

    /** @param lazily whether our server removes what has expired only when it meets it, as Redis does here always */
    Comparison(Rival redis, Rival ours, boolean lazily) {
        this.redis = redis;
        this.ours = ours;
        this.lazily = lazily;
    }

    /** How many commands have been compared so far. */
    long commands() {
        return commands;
    }

    /** What came of the steps, up to and with the first one that makes a difference. */
    List<Exchange> run(Sequence sequence) throws Exception {
        redis.begin(sequence.resp3());
        ours.begin(sequence.resp3());
        queued.clear();
        redisDump = "";
        ourDump = "";
        List<Exchange> exchanges = new ArrayList<>();
        Step previous = Step.pass(0);
        for (Step step : sequence.steps()) {
            if (redis.isWaiting(step.client())) {
                continue;
            }
            Exchange exchange = perform(step, previous);
            exchanges.add(exchange);
            if (!exchange.agrees) {
                break;
            }
            previous = step;
        }
        return exchanges;
    }

    private Exchange perform(Step step, Step previous) throws Exception {
        Map<Integer, RawReply> expected = perform(redis, step, redisDump, ourDump, Set.of());
        Map<Integer, RawReply> actual = perform(ours, step, ourDump, redisDump, expected.keySet());
        if (step.isPassing()) {
            return new Exchange(step, expected, actual, expected.equals(actual));
        }
        commands++;
        RawReply reply = expected.get(step.client());
        boolean agrees = agrees(step, previous, expected, actual);
        // Our server removes what has expired in the background, at moments of its own, so it is given some.
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (!agrees && !lazily && step.is("DBSIZE") && System.nanoTime() - deadline < 0) {
            actual = ours.perform(step, Set.of());
            agrees = agrees(step, previous, expected, actual);
        }
        if (agrees && reply != null) {
            note(step, reply, actual.get(step.client()));
        }
        return new Exchange(step, expected, actual, agrees);
    }

    private static Map<Integer, RawReply> perform(
            Rival rival, Step step, String own, String other, Set<Integer> awaited) throws Exception {
        if (step.is("RESTORE")) {
            List<String> words = new ArrayList<>(step.words());
            words.replaceAll(word -> word.equals(Step.OWN_DUMP) ? own : word.equals(Step.OTHER_DUMP) ? other : word);
            return rival.perform(Step.say(step.client(), words), awaited);
        }
        Map<Integer, RawReply> replies = rival.perform(step, awaited);
        RawReply first = replies.get(step.client());
        if (step.is("SCAN") && step.words().size() > 1 && step.words().get(1).equals("0") && first != null) {
            replies.put(step.client(), toTheEnd(rival, step, first));
        }
        return replies;
    }

    /** All that the rest of an iteration returns as well, in alphabetical order, without what is returned twice. */
    private static RawReply toTheEnd(Rival rival, Step step, RawReply first) throws Exception {
        Set<String> found = new TreeSet<>();
        RawReply reply = first;
        while (reply.elements().size() == 2) {
            reply.elements().get(1).elements().forEach(key -> found.add(key.raw()));
            String cursor =
                    reply.elements().get(0).raw().lines().skip(1).findFirst().orElseThrow();
            if (cursor.equals("0")) {
                return new RawReply(first.type() + String.join("", found), List.of());
            }
            List<String> words = new ArrayList<>(step.words());
            words.set(1, cursor);
            reply = rival.perform(Step.say(step.client(), words), Set.of()).get(step.client());
        }
        return reply;
    }

    private boolean agrees(Step step, Step previous, Map<Integer, RawReply> expected, Map<Integer, RawReply> actual) {
        if (!expected.keySet().equals(actual.keySet())) {
            return false;
        }
        for (Map.Entry<Integer, RawReply> entry : expected.entrySet()) {
            RawReply reply = actual.get(entry.getKey());
            boolean own = entry.getKey() == step.client();
            boolean agrees = (own && step.is("EXEC"))
                    ? agrees(entry.getValue(), reply, queued.getOrDefault(step.client(), List.of()))
                    : entry.getValue().agrees(reply, own ? agreementOn(step, previous) : Agreement.EXACT);
            if (!agrees) {
                return false;
            }
        }
        return true;
    }

    /** Whether transactions agree. */
    private static boolean agrees(RawReply expected, RawReply actual, List<Agreement> each) {
        List<RawReply> elements = expected.elements();
        if (elements.isEmpty()
                || each.size() != elements.size()
                || actual.elements().size() != elements.size()) {
            return expected.agrees(actual, Agreement.EXACT);
        }
        for (int i = 0; i < elements.size(); i++) {
            if (!elements.get(i).agrees(actual.elements().get(i), each.get(i))) {
                return false;
            }
        }
        return true;
    }

    private Agreement agreementOn(Step step, Step previous) {
        return switch (step.words().get(0).toUpperCase(Locale.ROOT)) {
            case "KEYS" -> Agreement.SET;
            case "RANDOMKEY", "DUMP" -> Agreement.TYPE;
            // Redis counts how often a value is shared, and a copy of a small integer is not.
            case "OBJECT" -> isRefcount(step) ? Agreement.TYPE : Agreement.EXACT;
            // Redis counts keys that have expired until it looks at them.
            case "DBSIZE" ->
                lazily || previous.equals(Step.say(step.client(), SCAN_ALL)) ? Agreement.EXACT : Agreement.TYPE;
            default -> Agreement.EXACT;
        };
    }

    private static boolean isRefcount(Step step) {
        return step.words().size() > 1 && step.words().get(1).equalsIgnoreCase("REFCOUNT");
    }

    /** Remembers what later steps need. */
    private void note(Step step, RawReply expected, RawReply actual) {
        if (expected.raw().equals("+QUEUED\r\n")) {
            boolean byChance = step.is("SCAN") || step.is("DBSIZE");
            queued.computeIfAbsent(step.client(), client -> new ArrayList<>())
                    .add(byChance ? Agreement.TYPE : agreementOn(step, step));
        } else if (step.is("EXEC") || step.is("DISCARD")) {
            queued.remove(step.client());
        } else if (step.is("DUMP") && expected.type() == '$' && !expected.raw().equals("$-1\r\n")) {
            redisDump = bulk(expected);
            ourDump = bulk(actual);
        }
    }

    private static String bulk(RawReply reply) {
        return reply.raw().substring(reply.raw().indexOf('\n') + 1, reply.raw().length() - 2);
    }
}

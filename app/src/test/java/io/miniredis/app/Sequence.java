package io.miniredis.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Steps from a start without keys and clients.
 *
 * @param resp3 whether the clients speak RESP3
 */
record Sequence(boolean resp3, List<Step> steps) {
    private static final int MAX_STEPS = 40;
    private static final int MAX_CLIENTS = 3;
    private static final String AWAITED = "<awaited>";
    private static final String[] WAITS = {
        "BLPOP|BRPOP " + AWAITED + " 0|1",
        "BLPOP|BRPOP K " + AWAITED + " K 0|1",
        "BLMOVE " + AWAITED + " K LEFT|RIGHT LEFT|RIGHT 0|1",
        "BRPOPLPUSH " + AWAITED + " K 0|1",
        "BLMPOP 0|1 2 " + AWAITED + " K LEFT|RIGHT COUNT I",
    };

    private static final long[] MILLIS = {1, 1, 2, 9, 10, 99, 500, 877, 1000, 1001, 4999, 60_001, 86_400_000};

    /**
     * The same one for the same seed and the same commands.
     *
     * @param has whether there is a command, as {@link RandomCommands#atStandstill} asks
     */
    static Sequence random(long seed, Predicate<String> has) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        RandomCommands commands = RandomCommands.atStandstill(random, has);
        boolean resp3 = random.nextBoolean();
        int clients = random.nextBoolean() ? 1 : 2 + random.nextInt(MAX_CLIENTS - 1);
        int length = 2 + random.nextInt(MAX_STEPS - 1);
        List<Step> steps = new ArrayList<>();
        while (steps.size() < length) {
            int client = random.nextInt(clients);
            switch (random.nextInt(24)) {
                case 0, 1 -> steps.add(Step.pass(MILLIS[random.nextInt(MILLIS.length)]));
                case 2 -> {
                    if (has.test("multi")) {
                        addTransaction(steps, client, clients, random, commands);
                    }
                }
                case 3 -> {
                    steps.add(Step.say(client, Comparison.SCAN_ALL));
                    steps.add(Step.say(client, "DBSIZE"));
                }
                case 4 -> {
                    if (has.test("blpop") && clients > 1) {
                        addWait(steps, client, random, commands);
                    }
                }
                case 5 -> {
                    if (has.test("restore")) {
                        String key = commands.key();
                        List<String> store = commands.next("SET|RPUSH K V");
                        store.set(1, key);
                        steps.add(Step.say(client, store));
                        steps.add(Step.say(client, "DUMP", key));
                        steps.add(Step.say(client, commands.next("RESTORE K 0|T D REPLACE")));
                    }
                }
                default -> steps.add(Step.say(client, commands.next()));
            }
        }
        return new Sequence(resp3, steps);
    }

    /** A list that is waited for, and comes. */
    private static void addWait(List<Step> steps, int client, Random random, RandomCommands commands) {
        String key = commands.key();
        steps.add(Step.say(client, "DEL", key));
        List<String> wait = commands.next(WAITS[random.nextInt(WAITS.length)]);
        wait.replaceAll(word -> word.equals(AWAITED) ? key : word);
        steps.add(Step.say(client, wait));
        int other = client == 0 ? 1 : 0;
        if (random.nextInt(4) == 0) {
            steps.add(Step.say(other, commands.next()));
        }
        List<String> push = commands.next("LPUSH|RPUSH|LPUSHX|RPUSHX " + AWAITED + " V V");
        push.set(1, key);
        steps.add(Step.say(other, push));
    }

    /** One that is seen to its end, while the other clients go on. */
    private static void addTransaction(
            List<Step> steps, int client, int clients, Random random, RandomCommands commands) {
        if (random.nextBoolean()) {
            steps.add(Step.say(client, commands.next("WATCH K K")));
        }
        List<Step> own = new ArrayList<>();
        own.add(Step.say(client, "MULTI"));
        for (int queued = random.nextInt(6); queued > 0; queued--) {
            own.add(Step.say(client, commands.next()));
        }
        own.add(Step.say(client, random.nextInt(8) == 0 ? "DISCARD" : "EXEC"));
        for (Step step : own) {
            if (random.nextInt(4) == 0) {
                steps.add(Step.say(random.nextInt(clients), commands.next()));
            }
            if (random.nextInt(16) == 0) {
                steps.add(Step.pass(MILLIS[random.nextInt(MILLIS.length)]));
            }
            steps.add(step);
        }
    }
}

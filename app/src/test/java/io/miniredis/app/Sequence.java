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
                default -> steps.add(Step.say(client, commands.next()));
            }
        }
        return new Sequence(resp3, steps);
    }

    /** One that is seen to its end, while the other clients go on. */
    private static void addTransaction(
            List<Step> steps, int client, int clients, Random random, RandomCommands commands) {
        if (random.nextBoolean()) {
            steps.add(Step.say(client, "WATCH", commands.key(), commands.key()));
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

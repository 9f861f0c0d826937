package io.miniredis.app;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lets the same random sequences happen to a real Redis and to our server, with several clients and with clocks that stand still
 * between the steps, and compares the bytes of all replies. Stops at the first difference, and shows it in as few steps as it can.
 *
 * <p>{@code -Ddifferential.sequences=50000 -Ddifferential.seed=1} says how many, and the seed of the first; each has the seed after that of the one
 * before, so that one alone can be repeated. {@code -Ddifferential.differences=5} goes on until there are so many.
 */
final class DifferentialIT {
    private static final int SEQUENCES = Integer.getInteger("differential.sequences", 1000);
    private static final long SEED = Long.getLong("differential.seed", 1);
    private static final int DIFFERENCES = Integer.getInteger("differential.differences", 1);
    private static final int MAX_SHRINKING_RUNS = 2000;

    @TempDir
    static Path folder;

    @AutoClose
    private static FrozenRedis redis;

    @AutoClose
    private static InProcess ours;

    /** Keeps small lists as bytes, as otherwise only who has many lists does. */
    @AutoClose
    private static InProcess compacting;

    @BeforeAll
    static void startServers() throws Exception {
        RedisTools.require("redis-server");
        redis = new FrozenRedis(RedisTools.requireFaketime(), folder);
        RedisTools.requireVersion(redis.info());
        ours = new InProcess();
        compacting = new InProcess("compact-values-from", "0");
    }

    @Test
    void redisAndOurServerReplyTheSameToRandomSequences() throws Exception {
        compare(ours);
    }

    @Test
    void redisAndOurServerReplyTheSameIfSmallValuesArePacked() throws Exception {
        compare(compacting);
    }

    private static void compare(InProcess ours) throws Exception {
        Comparison comparison = new Comparison(redis, ours);
        List<String> differences = new ArrayList<>();
        for (long seed = SEED; seed < SEED + SEQUENCES && differences.size() < DIFFERENCES; seed++) {
            Sequence sequence = Sequence.random(seed, ours::has);
            List<Comparison.Exchange> exchanges = comparison.run(sequence);
            if (differs(exchanges)) {
                differences.add(shrunk(comparison, seed, sequence.resp3(), exchanges));
            }
        }
        System.out.println(SEQUENCES + " sequences from seed " + SEED + ", " + comparison.commands() + " commands");
        if (!differences.isEmpty()) {
            fail(String.join("\n", differences));
        }
        assertTrue(comparison.commands() > 0, "nothing was compared");
    }

    private static boolean differs(List<Comparison.Exchange> exchanges) {
        return !exchanges.isEmpty() && !exchanges.get(exchanges.size() - 1).agrees();
    }

    private static String shrunk(Comparison comparison, long seed, boolean resp3, List<Comparison.Exchange> exchanges)
            throws Exception {
        List<Step> steps = exchanges.stream().map(Comparison.Exchange::step).toList();
        Shrinker shrinker = new Shrinker(
                steps,
                candidate -> {
                    try {
                        return differs(comparison.run(new Sequence(resp3, candidate)));
                    } catch (Exception e) {
                        throw new IllegalStateException(candidate.toString(), e);
                    }
                },
                MAX_SHRINKING_RUNS);
        List<Step> few = shrinker.shrink();
        return "\nseed %d, %s: %d steps, shrunk to %d in %d runs:\n\n%s\n\nAgain: %s\n"
                .formatted(
                        seed,
                        resp3 ? "RESP3" : "RESP2",
                        steps.size(),
                        few.size(),
                        shrinker.runs(),
                        comparison.run(new Sequence(resp3, few)).stream()
                                .map(Comparison.Exchange::toString)
                                .collect(joining("\n")),
                        "mvn verify -pl app -am -Dit.test=DifferentialIT -Dtest=none"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false"
                                + " -Ddifferential.sequences=1 -Ddifferential.seed=" + seed);
    }
}

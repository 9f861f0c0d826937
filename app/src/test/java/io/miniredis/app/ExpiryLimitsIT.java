package io.miniredis.app;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each command that takes a time is given times at all limits: of what is a number, of 64 bits, of seconds in milliseconds, of what can be
 * added to now. A real Redis and our server must say the same, byte for byte, and agree on what they hold afterwards. Their clocks stand
 * still, so times are compared exactly.
 */
final class ExpiryLimitsIT {
    private static final long NOW = Rival.START_MILLIS;
    private static final long MOST = Long.MAX_VALUE;

    /** Times that may mean seconds or milliseconds, from now or since the epoch. */
    private static final String[] TIMES = Stream.concat(
                    Stream.of(
                                    0L,
                                    1L,
                                    -1L,
                                    100L,
                                    -100L,
                                    MOST,
                                    MOST - 1,
                                    -MOST,
                                    Long.MIN_VALUE,
                                    MOST / 1000,
                                    MOST / 1000 + 1,
                                    -(MOST / 1000),
                                    -(MOST / 1000) - 1,
                                    MOST - NOW,
                                    MOST - NOW + 1,
                                    (MOST - NOW) / 1000,
                                    (MOST - NOW) / 1000 + 1,
                                    -NOW,
                                    -NOW / 1000,
                                    NOW,
                                    NOW - 1,
                                    NOW + 1,
                                    NOW + 100_000,
                                    NOW / 1000,
                                    NOW / 1000 + 1,
                                    NOW / 1000 + 100)
                            .map(String::valueOf),
                    Stream.of(
                            "9223372036854775808",
                            "-9223372036854775809",
                            "99999999999999999999999999",
                            "",
                            "abc",
                            "1.5",
                            "1e3",
                            "+5",
                            "-0",
                            "01",
                            " 1",
                            "1 "))
            .toArray(String[]::new);

    /** What the key held before: no expiry, one that is between those above, one at the limit. */
    private static final List<List<String>> BEFORE = List.of(
            List.of("PERSIST", "k"),
            List.of("PEXPIREAT", "k", String.valueOf(NOW + 50_000)),
            List.of("PEXPIREAT", "k", String.valueOf(MOST)));

    private static final String[] AFTER = {
        "EXISTS k", "GET k", "TTL k", "PTTL k", "EXPIRETIME k", "PEXPIRETIME k", "DBSIZE"
    };

    @TempDir
    static Path folder;

    @AutoClose
    private static FrozenRedis redis;

    @AutoClose
    private static InProcess ours;

    @BeforeAll
    static void startServers() throws Exception {
        RedisTools.require("redis-server");
        redis = new FrozenRedis(RedisTools.requireFaketime(), folder);
        RedisTools.requireVersion(redis.info());
        ours = new InProcess();
    }

    /** T stands for the time, D for what DUMP has said; a bar separates alternatives. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXPIRE|PEXPIRE|EXPIREAT|PEXPIREAT k T",
                "EXPIRE|PEXPIRE|EXPIREAT|PEXPIREAT k T NX|XX|GT|LT",
                "EXPIRE|PEXPIRE|EXPIREAT|PEXPIREAT k T XX GT|LT",
                "EXPIRE|PEXPIRE|EXPIREAT|PEXPIREAT k T NX|GT LT",
                "EXPIRE|PEXPIRE|EXPIREAT|PEXPIREAT nosuch T",
                "SET k w EX|PX|EXAT|PXAT T",
                "SET k w EX|PX|EXAT|PXAT T NX|XX|GET",
                "GETEX k|nosuch EX|PX|EXAT|PXAT T",
                "SETEX|PSETEX k T w",
                "RESTORE k T D",
                "RESTORE k T D REPLACE|ABSTTL",
                "RESTORE k T D REPLACE ABSTTL",
            })
    void redisAndOurServerTakeAndRefuseTheSameTimes(String template) throws Exception {
        Comparison comparison = new Comparison(redis, ours);
        List<String> differences = new ArrayList<>();
        for (List<String> command : commands(template)) {
            for (List<String> before : BEFORE) {
                boolean resp3 = before != BEFORE.get(0);
                List<Comparison.Exchange> exchanges = comparison.run(new Sequence(resp3, steps(command, before)));
                if (!exchanges.get(exchanges.size() - 1).agrees()) {
                    differences.add(exchanges.stream()
                            .map(Comparison.Exchange::toString)
                            .collect(joining("\n")));
                }
            }
        }
        assertEquals("", String.join("\n\n", differences));
        assertTrue(comparison.commands() > (long) TIMES.length * BEFORE.size());
    }

    private static List<Step> steps(List<String> command, List<String> before) {
        List<Step> steps = new ArrayList<>(List.of(
                Step.say(0, "SET", "k", "v"), Step.say(0, "DUMP", "k"), Step.say(0, before), Step.say(0, command)));
        for (String question : AFTER) {
            steps.add(Step.say(0, question.split(" ", -1)));
        }
        return steps;
    }

    private static List<List<String>> commands(String template) {
        List<List<String>> commands = List.of(List.of());
        for (String word : template.split(" ", -1)) {
            String[] choices = word.equals("T") ? TIMES : word.split("\\|", -1);
            commands = commands.stream()
                    .flatMap(begun -> Arrays.stream(choices).map(choice -> with(begun, choice)))
                    .toList();
        }
        return commands;
    }

    private static List<String> with(List<String> begun, String word) {
        List<String> more = new ArrayList<>(begun);
        more.add(word.equals("D") ? Step.OWN_DUMP : word);
        return more;
    }
}

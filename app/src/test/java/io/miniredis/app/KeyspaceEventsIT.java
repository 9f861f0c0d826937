package io.miniredis.app;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lets the same commands happen to a real Redis and to our server, which publish their keyspace events, and compares those that each
 * command causes: which, of which keys, in which order, on which channels. A plugin that listens must hear the same, but for new keys
 * and those looked for in vain. First commands that are chosen, then random sequences.
 *
 * <p>{@code -Devents.sequences=20000 -Devents.seed=1} says how many of these, and the seed of the first.
 */
final class KeyspaceEventsIT {
    private static final int SEQUENCES = Integer.getInteger("events.sequences", 500);
    private static final Pattern EVENT = Pattern.compile("__keyevent@\\d+__:(\\w+) .*");
    private static final long SEED = Long.getLong("events.seed", 1);

    /**
     * What meets expired keys in an order of its own, or treats them otherwise than Redis: removes them at once, or leaves that to the next
     * command; says that they have expired, or were deleted. Chosen commands are compared nevertheless.
     */
    private static final Set<String> OF_EXPIRED_KEYS = Set.of("SCAN", "RANDOMKEY", "WATCH", "SORT", "BITOP", "RESTORE");

    /** What Redis looks for although the command is refused already, because of another key. */
    private static final Set<String> OF_REFUSED_COMMANDS = Set.of("LCS");

    /** A moment in the past with SET; see docs/protocol.md. */
    private static final Set<String> MOMENTS = Set.of("EXAT", "PXAT");

    @TempDir
    static Path folder;

    @AutoClose
    private static FrozenRedis redis;

    @AutoClose
    private static InProcess ours;

    private static Comparison comparison;
    private static Eventful redisEvents;

    @BeforeAll
    static void startServers() throws Exception {
        RedisTools.require("redis-server");
        redis = new FrozenRedis(RedisTools.requireFaketime(), folder);
        RedisTools.requireVersion(redis.info());
        redis.reportEvents();
        ours = new InProcess("enable-debug-command", "yes");
        ours.expireLazily();
        ours.reportEvents();
        redisEvents = new Eventful(redis, redis::events);
        comparison = new Comparison(redisEvents, new Eventful(ours, ours::events));
    }

    /** A server whose events count as replies, to a client that says nothing. */
    private record Eventful(Rival rival, Supplier<String> events, Set<String> names) implements Rival {
        private static final int LISTENER = -1;

        Eventful(Rival rival, Supplier<String> events) {
            this(rival, events, new HashSet<>());
        }

        @Override
        public void begin(boolean resp3) throws Exception {
            rival.begin(resp3);
            var unused = events.get(); // of what came before
        }

        @Override
        public Map<Integer, RawReply> perform(Step step, Set<Integer> awaited) throws Exception {
            Set<Integer> clients = new HashSet<>(awaited);
            clients.remove(LISTENER);
            Map<Integer, RawReply> replies = rival.perform(step, clients);
            String heard = events.get();
            heard.lines().map(EVENT::matcher).filter(Matcher::matches).forEach(event -> names.add(event.group(1)));
            replies.put(LISTENER, new RawReply(heard, List.of()));
            return replies;
        }

        @Override
        public boolean isWaiting(int client) {
            return rival.isWaiting(client);
        }

        @Override
        public void close() {
            rival.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET k v; SET k v EX 100; SET k v PX 5 KEEPTTL; SET k v KEEPTTL; SET k v NX; SET n v NX; SET n w XX GET; SET no w XX",
                "SETNX k v; SETNX k v; SETEX k 10 v; PSETEX k 10000 v; GETSET k w; GETDEL k; GETDEL k",
                "MSET a 1 b 2 a 3; MSETNX c 1 d 2; MSETNX d 1 e 2",
                "SET k v; APPEND k w; APPEND n v; SETRANGE k 1 xyz; SETRANGE k 5 ''; SETRANGE none 0 ''; STRLEN k",
                "INCR n; DECR n; INCRBY n 5; DECRBY n 5; INCRBYFLOAT n 1.5; SET s x; INCR s; INCRBYFLOAT s 1",
                "SETBIT b 1 1; SETBIT b 1 1; SETBIT b 100 0; BITFIELD b SET u8 0 5; BITFIELD b SET u8 0 5; BITFIELD b GET u8 0",
                "SET a x; SET b y; BITOP OR d a b; BITOP AND d none; BITOP AND d none; BITFIELD n INCRBY u8 0 0",
                "SET k v; GETEX k; GETEX k EX 100; GETEX k PERSIST; GETEX k PERSIST; GETEX k PXAT 1; GETEX k EX 1",
                "SET k v; EXPIRE k 100; EXPIRE k 10 GT; PEXPIRE k 10; EXPIREAT k 99999999999; PERSIST k; PERSIST k; EXPIRE k -1",
                "RPUSH l a b c; LPUSH l d; LPUSHX l e; RPUSHX l e; LPUSHX n e; LINSERT l BEFORE a x; LINSERT l AFTER no x; LSET l 0 y; LSET l 99 y",
                "RPUSH l a b c; LPOP l; RPOP l; LPOP l; LPOP l; RPUSH l a b c; LPOP l 0; RPOP l 2; LPOP l 9; RPUSH l a; LPOP n 1",
                "RPUSH l a b a c; LREM l 1 a; LREM l 0 no; LREM l 0 a; LTRIM l 0 -1; LTRIM l 0 0; LTRIM l 5 9; LTRIM l 0 0",
                "RPUSH l a; LREM l 0 a; RPUSH l a b; LTRIM l 1 0",
                "RPUSH l a b c; LMOVE l m LEFT RIGHT; LMOVE l l LEFT RIGHT; RPOPLPUSH l m; LMOVE l m RIGHT LEFT; LMOVE l m LEFT LEFT; RPOPLPUSH m m",
                "RPUSH l a b c; LMPOP 2 n l LEFT; LMPOP 2 n l RIGHT COUNT 9; LMPOP 1 l LEFT; RPUSH l a; BLPOP n l 1; RPUSH l a; BRPOP l 1",
                "RPUSH l a b; BLMOVE l m LEFT LEFT 1; BRPOPLPUSH l m 1; BLMPOP 1 1 m LEFT",
                "SET a 1; RENAME a b; RENAME b b; SET c 1; RENAMENX b c; RENAMENX b d; RENAME d c; RENAME none c",
                "SET a 1 EX 100; COPY a b; COPY a b; COPY a b REPLACE; COPY a a DB 1; MOVE a 1; MOVE b 1; MOVE b 1; SELECT 1; DEL a b",
                "SET a 1; SET b 1; DEL a none b; UNLINK a; SET a 1; UNLINK a; RPUSH l 3 1 2; SORT l STORE s; SORT n STORE s; SORT n STORE s",
                "SET a 1; SET b 1; FLUSHDB; SET a 1; FLUSHALL; SET a 1; SWAPDB 0 1; TOUCH a; EXISTS a; TYPE a; OBJECT ENCODING a",
                "MULTI; SET a 1; INCR a; LPUSH a x; EXPIRE a 10; DEL a; EXEC; MULTI; SET a 1; DISCARD",
                "RPUSH l a; LPUSH l; LSET l x y; APPEND l x; SETRANGE l 0 x; INCR l; GETEX l EX 1; LPUSH s x; SET s x; LPUSH s y",
            })
    void chosenCommandsCauseTheSameEvents(String commands) throws Exception {
        List<Step> steps = Arrays.stream(commands.split("; ", -1))
                .map(command -> Step.say(0, words(command)))
                .toList();
        assertAlike(steps);
    }

    @Test
    void whatHasExpiredIsToldBeforeWhatIsDoneWithIt() throws Exception {
        assertAlike(List.of(
                Step.say(0, words("MSET a 1 b 2 c 3 d 4")),
                Step.say(0, words("PEXPIRE b 5")),
                Step.say(0, words("PEXPIRE d 5")),
                Step.pass(10),
                Step.say(0, words("MSET a 1 b 2 c 3")),
                Step.say(0, words("DEL a d c")),
                Step.say(0, words("SET x 1 PX 5")),
                Step.pass(10),
                Step.say(0, words("GET x")),
                Step.say(0, words("RPUSH l 1")),
                Step.say(0, words("SET x 1 PX 5")),
                Step.pass(10),
                Step.say(0, words("LMOVE l x LEFT LEFT")),
                Step.say(0, words("PEXPIRE x 5")),
                Step.pass(10),
                Step.say(0, words("SET y 1")),
                Step.say(0, words("RENAME y x"))));
    }

    @Test
    void whatIsMetByChanceAndHasExpiredIsToldToo() throws Exception {
        assertAlike(List.of(
                Step.say(0, words("MSET a 1 b 2")),
                Step.say(0, words("PEXPIRE b 5")),
                Step.pass(10),
                Step.say(0, words("KEYS *")),
                Step.say(0, words("SCAN 0 MATCH a COUNT 1000")),
                Step.say(0, words("SCAN 0 TYPE list COUNT 1000")),
                Step.say(0, words("PEXPIRE a 5")),
                Step.pass(10),
                Step.say(0, words("RANDOMKEY"))));
    }

    @Test
    void whoWaitedComesAfterWhomItWaitedFor() throws Exception {
        assertAlike(List.of(
                Step.say(1, words("BLPOP k 0")),
                Step.say(2, words("BLMOVE k m LEFT RIGHT 0")),
                Step.say(3, words("BLMPOP 0 1 m LEFT")),
                Step.say(0, words("RPUSH k a b c")),
                Step.say(1, words("BLPOP q 0")),
                Step.say(0, words("MULTI")),
                Step.say(0, words("LPUSH q a")),
                Step.say(0, words("SET x 1")),
                Step.say(0, words("EXEC"))));
    }

    @Test
    void restoredKeysCauseTheSameEvents() throws Exception {
        List<Step> steps = Stream.of(
                        "SET k v",
                        "DUMP k",
                        "RESTORE n 0 DUMPED",
                        "RESTORE n 0 DUMPED",
                        "RESTORE n 1000 DUMPED REPLACE",
                        "RESTORE k 1 DUMPED REPLACE ABSTTL",
                        "RESTORE k 1 DUMPED REPLACE ABSTTL")
                .map(command -> Step.say(0, words(command)))
                .toList();
        assertAlike(steps);
    }

    private static List<String> words(String command) {
        return Arrays.stream(command.split(" ", -1))
                .map(word -> word.equals("''") ? "" : word.equals("DUMPED") ? Step.OWN_DUMP : word)
                .toList();
    }

    private static void assertAlike(List<Step> steps) throws Exception {
        List<Comparison.Exchange> exchanges = comparison.run(new Sequence(false, steps));
        assertTrue(
                exchanges.stream().allMatch(Comparison.Exchange::agrees),
                () -> exchanges.stream().map(Comparison.Exchange::toString).collect(joining("\n", "\n", "")));
        assertEquals(steps.size(), exchanges.size());
    }

    @Test
    void randomSequencesCauseTheSameEvents() throws Exception {
        redisEvents.names().clear();
        long before = comparison.commands();
        for (long seed = SEED; seed < SEED + SEQUENCES; seed++) {
            Sequence random = Sequence.random(seed, ours::has);
            List<Step> steps = random.steps().stream()
                    .filter(step -> step.isPassing() || isComparable(step))
                    .toList();
            List<Comparison.Exchange> exchanges = comparison.run(new Sequence(random.resp3(), steps));
            if (!exchanges.stream().allMatch(Comparison.Exchange::agrees)) {
                fail("seed " + seed + "\n"
                        + exchanges.stream().map(Comparison.Exchange::toString).collect(joining("\n")));
            }
        }
        System.out.println(SEQUENCES + " sequences from seed " + SEED + ", " + (comparison.commands() - before)
                + " commands, events " + redisEvents.names());
        assertTrue(redisEvents.names().size() > 15, () -> "hardly anything happened: " + redisEvents.names());
    }

    private static boolean isComparable(Step step) {
        String command = step.words().get(0).toUpperCase(Locale.ROOT);
        return !OF_EXPIRED_KEYS.contains(command)
                && !OF_REFUSED_COMMANDS.contains(command)
                && !(command.equals("SET")
                        && step.words().stream().anyMatch(word -> MOMENTS.contains(word.toUpperCase(Locale.ROOT))));
    }
}

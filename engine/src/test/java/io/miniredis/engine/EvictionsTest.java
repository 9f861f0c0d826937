package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.api.eviction.EvictionSetup;
import io.miniredis.api.eviction.Evictor;
import io.miniredis.api.eviction.RemovalCause;
import io.miniredis.engine.RankedPolicy.Ranks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The memory limit: what is refused, what goes, what a policy hears, and what becomes of one that fails. */
final class EvictionsTest {
    private static final String OOM = "-OOM command not allowed when used memory > 'maxmemory'.";

    private final TestEngine engine = TestEngine.create();
    private TestClient client;

    @AfterEach
    void close() {
        engine.close();
    }

    private void start() {
        client = engine.start().connect();
    }

    /** Starts an engine with a policy {@code demo}, at work in the given scope, and with no pressing limit. */
    private void start(String scope, Ranks ranks) {
        engine.add(new RankedPolicy("demo", ranks));
        engine.set("maxmemory", "1gb").set("maxmemory-policy", scope + "-demo");
        start();
    }

    private void fill(int keys) {
        for (int i = 0; i < keys; i++) {
            assertEquals("+OK", client.send("SET", "key:" + i, "v".repeat(100)));
        }
    }

    /** Those whose number can be divided by five. */
    private void fillSoThatTenOfFiftyExpire() {
        fill(50);
        for (int i = 0; i < 50; i += 5) {
            client.run("PEXPIRE key:" + i + " 1000000");
        }
    }

    private void limit(long bytes) {
        assertEquals("+OK", client.run("CONFIG SET maxmemory " + bytes));
    }

    private long evicted() {
        return engine.engine().counters().evicted;
    }

    // Without a policy

    @Test
    void withoutAPolicyWritesOverTheLimitAreRefusedAndChangeNothing() {
        start();
        fill(10);
        client.run("PUSH bag a");
        String before = String.join(",", client.pipeline("GET key:0", "SIZE bag", "DBSIZE"));
        long bytes = engine.memoryBytes();
        limit(bytes - 1);
        assertEquals(OOM, client.run("SET key:0 x"));
        assertEquals(OOM, client.run("SET new x"));
        assertEquals(OOM, client.run("MSET a 1 b 2"));
        assertEquals(OOM, client.run("PUSH bag b"));
        assertEquals(before, String.join(",", client.pipeline("GET key:0", "SIZE bag", "DBSIZE")));
        assertEquals(bytes, engine.memoryBytes());
        assertEquals(0, evicted());
        assertTrue(client.run("INFO ERRORSTATS").contains("errorstat_OOM:count=4"));
    }

    @Test
    void whatNeedsNoMemoryIsAllowedOverTheLimit() {
        start();
        client.pipeline("SET k v", "PUSH bag a b");
        limit(1);
        assertEquals("'v'", client.run("GET k"));
        assertEquals("'b'", client.run("POP bag"));
        assertEquals("1", client.run("PEXPIRE k 1000"));
        assertEquals("1", client.run("DEL k"));
        assertEquals("+OK", client.run("FLUSHALL"));
    }

    @Test
    void changingTheLimitTakesEffectAtOnce() {
        start();
        client.run("SET k v");
        limit(1);
        assertEquals(OOM, client.run("SET k w"));
        limit(1 << 20);
        assertEquals("+OK", client.run("SET k w"));
        limit(1);
        assertEquals(OOM, client.run("SET k x"));
        limit(0);
        assertEquals("+OK", client.run("SET k x"));
    }

    @Test
    void theLimitHoldsWithinAPipeline() {
        start();
        limit(engine.memoryBytes() + 10_000);
        List<String> replies = client.pipeline(
                Collections.nCopies(100, "SET key " + "v".repeat(3000)).toArray(String[]::new));
        assertEquals(Collections.nCopies(100, "+OK"), replies);
        List<String[]> requests = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            requests.add(new String[] {"SET", "key:" + i, "v".repeat(3000)});
        }
        replies = client.pipeline(requests);
        assertEquals("+OK", replies.get(0));
        assertEquals(OOM, replies.get(99));
        assertTrue(Collections.frequency(replies, "+OK") < 5, replies.toString());
        assertEquals(engine.measuredBytes(), engine.memoryBytes());
    }

    // With a policy

    @Test
    void theHighestRankedOfThoseThatWereSeenGoes() {
        Ranks ranks = new Ranks() {
            @Override
            public void onRemove(long keyHash, int bits, RemovalCause cause) {
                super.onRemove(keyHash, bits, cause);
                assertEquals(Collections.max(ranked), bits);
                assertTrue(ranked.size() <= EvictionPool.CAPACITY + 5, ranked.toString());
                ranked.clear();
            }
        };
        start("allkeys", ranks);
        fill(100);
        limit(engine.memoryBytes() - 5000);
        client.run("PING");
        assertTrue(evicted() >= 20, evicted() + " evicted");
        assertEquals(100 - evicted(), engine.keys(0));
        assertEquals(
                evicted(),
                ranks.heard.stream()
                        .filter(event -> event.startsWith("EVICTED"))
                        .count());
        assertTrue(engine.memoryBytes() <= engine.settings.maxMemoryBytes());
        assertEquals(engine.measuredBytes(), engine.memoryBytes());
    }

    @Test
    void noMoreGoesThanMust() {
        start("allkeys", new Ranks());
        fill(100);
        limit(engine.memoryBytes());
        assertEquals("'" + "v".repeat(100) + "'", client.run("GET key:0"));
        assertEquals(0, evicted());
        limit(engine.memoryBytes() - 1);
        client.run("PING");
        assertEquals(1, evicted());
    }

    /** As the first eviction shows: the next ones also rank what is left of earlier samples, and no key twice. */
    @ParameterizedTest
    @CsvSource({"1, true, 1", "3, true, 3", "10, true, 10", "1, false, 2", "10, false, 20"})
    void theSampleIsAsLargeAsItIsSaidToBe(int samples, boolean byHash, int ranked) {
        Ranks ranks = new Ranks();
        engine.add(new RankedPolicy("demo", ranks) {
            @Override
            public boolean ranksByHash() {
                return byHash;
            }
        });
        engine.set("maxmemory", "1gb").set("maxmemory-policy", "allkeys-demo");
        start();
        fill(50);
        client.run("CONFIG SET maxmemory-samples " + samples);
        limit(engine.memoryBytes() - 1);
        client.run("PING");
        assertEquals(1, evicted());
        assertEquals(ranked, ranks.ranked.size());
        assertEquals(ranked, Set.copyOf(ranks.ranked).size());
    }

    @Test
    void aLargeSampleOfFewKeysEnds() {
        engine.set("maxmemory-samples", Integer.toString(Integer.MAX_VALUE));
        start("allkeys", new Ranks());
        fill(3);
        limit(1);
        assertEquals(OOM, client.run("SET k v"));
        assertEquals(3, evicted());
        assertEquals("0", client.run("DBSIZE"));
    }

    @Test
    void keysOfAllDatabasesMayGo() {
        start("allkeys", new Ranks());
        for (int database = 0; database < 16; database++) {
            client.pipeline("SELECT " + database, "SET k v");
        }
        limit(1);
        assertEquals(OOM, client.run("SET k v"));
        assertEquals(16, evicted());
    }

    @Test
    void keysOfAllShardsMayGo() {
        engine.set("io-threads", "2");
        start("allkeys", new Ranks());
        fill(500);
        limit(1);
        assertEquals(OOM, client.run("SET k v"));
        assertEquals(500, evicted());
        assertEquals("0", client.run("DBSIZE"));
        assertEquals(engine.measuredBytes(), engine.memoryBytes());
    }

    @Test
    void aVolatilePolicySparesKeysWithoutAnExpiry() {
        Ranks ranks = new Ranks();
        start("volatile", ranks);
        fillSoThatTenOfFiftyExpire();
        limit(1);
        assertEquals(OOM, client.run("SET k v"));
        assertEquals(10, evicted());
        assertEquals("40", client.run("DBSIZE"));
        assertEquals("0", client.run("EXISTS key:0 key:5 key:45"));
        limit(1 << 30);
        assertEquals("+OK", client.run("SET k v"));
    }

    @Test
    void withNoCandidateNothingChanges() {
        start("volatile", new Ranks());
        fill(10);
        long bytes = engine.memoryBytes();
        limit(bytes - 1);
        assertEquals(OOM, client.run("SET key:0 x"));
        assertEquals(bytes, engine.memoryBytes());
        assertEquals("'" + "v".repeat(100) + "'", client.run("GET key:0"));
        assertEquals(0, evicted());
    }

    /** One key among thousands may go; it is found although samples rarely meet it. */
    @Test
    void theOnlyCandidateIsFound() {
        start("volatile", new Ranks());
        for (int i = 0; i < 20_000; i++) {
            client.run("SET key:" + i + " v");
        }
        client.run("PEXPIRE key:777 1000000");
        limit(engine.memoryBytes() - 1);
        assertEquals("+OK", client.run("SET key:0 w"));
        assertEquals("0", client.run("EXISTS key:777"));
        assertEquals(1, evicted());
    }

    @Test
    void volatileTtlTakesWhatExpiresSoonest() {
        engine.set("maxmemory", "1gb").set("maxmemory-policy", "volatile-ttl").set("maxmemory-samples", "64");
        start();
        client.pipeline("SET late v PX 30000", "SET soon v PX 10000", "SET later v PX 90000", "SET stays v");
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            limit(engine.memoryBytes() - 1);
            client.run("PING");
            for (String key : List.of("soon", "late", "later")) {
                if (!order.contains(key) && client.run("EXISTS " + key).equals("0")) {
                    order.add(key);
                }
            }
        }
        assertEquals(List.of("soon", "late", "later"), order);
        assertEquals("1", client.run("EXISTS stays"));
    }

    /** Half of the keys go; a choice by use would take either half of them, one by place the lower database. */
    @Test
    void allkeysRandomTakesKeysHoweverTheyAreUsed() {
        engine.set("maxmemory", "1gb").set("maxmemory-policy", "allkeys-random");
        start();
        client.run("SELECT 1");
        fill(1000);
        for (int i = 0; i < 1000; i += 2) {
            client.run("GET key:" + i);
        }
        client.run("SELECT 0");
        fill(1000);
        limit(engine.memoryBytes() - 120_000);
        client.run("PING");
        assertTrue(evicted() > 500, evicted() + " evicted");
        assertIsHalf(evicted(), 1000 - engine.keys(0));
        client.run("SELECT 1");
        int used = 0;
        for (int i = 0; i < 1000; i += 2) {
            used += client.run("EXISTS key:" + i).equals("0") ? 1 : 0;
        }
        assertIsHalf(1000 - engine.keys(1), used);
    }

    /** Within six standard deviations or more, so chance does not make it fail. */
    private static void assertIsHalf(long whole, long part) {
        assertTrue(part > whole / 4 && part < whole - whole / 4, part + " of " + whole);
    }

    @Test
    void volatileRandomSparesKeysWithoutAnExpiry() {
        engine.set("maxmemory", "1gb").set("maxmemory-policy", "volatile-random");
        start();
        fillSoThatTenOfFiftyExpire();
        limit(1);
        assertEquals(OOM, client.run("SET k v"));
        assertEquals(10, evicted());
        assertEquals("0", client.run("EXISTS key:0 key:5 key:45"));
    }

    // What a policy hears

    @Test
    void aPolicyHearsOfInsertionsUsesAndRemovals() {
        Ranks ranks = new Ranks();
        start("allkeys", ranks);
        client.run("SET k v");
        client.run("GET k");
        client.run("SET k w");
        client.run("DEL k");
        assertEquals(List.of("insert 1", "access 1", "access 2", "DELETED 3"), ranks.heard);
    }

    @Test
    void looksThatAreNoUseAreNotReported() {
        Ranks ranks = new Ranks();
        start("allkeys", ranks);
        client.run("SET k v");
        client.pipeline("EXISTS k", "TTL k", "TYPE k", "GET absent", "DEL absent", "KEYS *", "SCAN 0", "DBSIZE");
        assertEquals(List.of("insert 1"), ranks.heard);
    }

    @Test
    void valuesThatAreObjectsAreReportedToo() {
        Ranks ranks = new Ranks();
        start("allkeys", ranks);
        client.run("PUSH bag a");
        client.run("PUSH bag b");
        client.run("SIZE bag");
        client.run("POP bag");
        client.run("POP bag");
        assertEquals(List.of("insert 1", "access 1", "access 2", "access 3", "access 4", "DELETED 5"), ranks.heard);
    }

    @Test
    void expiredKeysAreReportedAsSuch() {
        Ranks ranks = new Ranks();
        start("allkeys", ranks);
        client.pipeline("SET lazy v PX 10", "SET active v PX 10");
        engine.ticker.advanceMillis(11);
        client.run("GET lazy");
        engine.engine().expireCycle();
        assertEquals(List.of("insert 1", "insert 2", "EXPIRED 1", "EXPIRED 2"), ranks.heard);
        assertEquals(2, engine.engine().counters().expired);
    }

    @Test
    void aFlushIsReportedAsANumber() {
        Ranks ranks = new Ranks();
        start("allkeys", ranks);
        client.pipeline("SET a v", "SET b v", "SELECT 1", "SET c v", "FLUSHDB", "SET d v", "FLUSHALL");
        assertEquals(List.of("insert 1", "insert 2", "insert 3", "flush 1", "insert 4", "flush 3"), ranks.heard);
    }

    @Test
    void withoutALimitAPolicyHearsNothing() {
        Ranks ranks = new Ranks();
        engine.add(new RankedPolicy("demo", ranks));
        engine.set("maxmemory-policy", "allkeys-demo");
        start();
        client.pipeline("SET k v", "GET k", "DEL k");
        assertEquals(List.of(), ranks.heard);
        assertEquals(0, ranks.created);
    }

    @Test
    void aPolicyReadsTheTimeOfTheRun() {
        List<Long> times = new ArrayList<>();
        engine.add(new EvictionPolicy() {
            @Override
            public String name() {
                return "timed";
            }

            @Override
            public Evictor create(EvictionSetup setup) {
                return new Ranks() {
                    @Override
                    public int onInsert(long keyHash) {
                        times.add(setup.nowMillis() - ManualTicker.START_MILLIS);
                        return 0;
                    }
                };
            }
        });
        start();
        client.run("SET a v");
        engine.ticker.advanceMillis(5);
        client.run("CONFIG SET maxmemory 1gb maxmemory-policy allkeys-timed");
        engine.ticker.advanceMillis(5);
        client.pipeline("SET b v", "SET c v");
        engine.ticker.advanceMillis(5);
        client.run("SET d v");
        assertEquals(List.of(5L, 10L, 10L, 15L), times);
    }

    // Switching

    @Test
    void aPolicyThatIsSwitchedOnLearnsOfAllKeys() {
        Ranks ranks = new Ranks();
        engine.add(new RankedPolicy("demo", ranks));
        engine.set("maxmemory-policy", "allkeys-demo");
        start();
        client.pipeline("SET a v", "SET b v", "SELECT 3", "PUSH c d");
        long bytes = engine.memoryBytes();
        limit(1 << 30);
        assertEquals(List.of("insert 1", "insert 2", "insert 3"), ranks.heard);
        assertEquals(engine.measuredBytes(), engine.memoryBytes());
        limit(0);
        assertEquals(bytes, engine.memoryBytes());
        client.run("SET e v");
        assertEquals(3, ranks.heard.size());
    }

    @Test
    void anotherScopeOfAPolicyKeepsWhatItKnows() {
        Ranks ranks = new Ranks();
        start("allkeys", ranks);
        client.pipeline("SET a v", "SET b v PX 100000");
        assertEquals("+OK", client.run("CONFIG SET maxmemory-policy volatile-demo"));
        assertEquals(1, ranks.created);
        assertEquals(List.of("insert 1", "insert 2"), ranks.heard);
        limit(1);
        assertEquals(OOM, client.run("SET c v"));
        assertEquals("1", client.run("EXISTS a b"));
    }

    @Test
    void anotherPolicyStartsAfresh() {
        Ranks one = new Ranks();
        Ranks two = new Ranks();
        engine.add(new RankedPolicy("two", two));
        start("allkeys", one);
        client.pipeline("SET a v", "SET b v", "GET a");
        assertEquals("+OK", client.run("CONFIG SET maxmemory-policy allkeys-two"));
        assertEquals(List.of("insert 1", "insert 2"), two.heard);
        client.run("GET a");
        assertEquals(3, two.heard.size());
        assertEquals(3, one.heard.size());
        assertEquals("+OK", client.run("CONFIG SET maxmemory-policy noeviction"));
        client.run("GET a");
        assertEquals(3, two.heard.size());
        limit(1);
        assertEquals(OOM, client.run("SET c v"));
        assertEquals("2", client.run("DBSIZE"));
        assertEquals(engine.measuredBytes(), engine.memoryBytes());
    }

    @Test
    void anUnknownPolicyKeepsTheServerFromStarting() {
        engine.set("maxmemory-policy", "allkeys-none");
        var e = org.junit.jupiter.api.Assertions.assertThrows(IllegalArgumentException.class, engine::start);
        assertEquals(
                "maxmemory-policy 'allkeys-none': argument(s) must be one of the following: allkeys-random,"
                        + " volatile-random, volatile-ttl, noeviction",
                e.getMessage());
    }

    // Failing

    /** Where a policy fails. */
    enum Place {
        CREATE,
        INSERT,
        ACCESS,
        REMOVE,
        FLUSH,
        RANK
    }

    /** Throws at one place only, once it is told to. */
    private static final class Failing implements EvictionPolicy {
        private final Place place;
        private final Throwable bug;
        boolean armed;

        Failing(Place place, Throwable bug) {
            this.place = place;
            this.bug = bug;
        }

        private void at(Place here) {
            if (armed && here == place) {
                Sneaky.sneak(bug);
            }
        }

        @Override
        public String name() {
            return "failing";
        }

        @Override
        public Evictor create(EvictionSetup setup) {
            at(Place.CREATE);
            return new Ranks() {
                @Override
                public int onInsert(long keyHash) {
                    at(Place.INSERT);
                    return super.onInsert(keyHash);
                }

                @Override
                public int onAccess(long keyHash, int bits) {
                    at(Place.ACCESS);
                    return super.onAccess(keyHash, bits);
                }

                @Override
                public void onRemove(long keyHash, int bits, RemovalCause cause) {
                    at(Place.REMOVE);
                }

                @Override
                public void onFlush(long keys) {
                    at(Place.FLUSH);
                }

                @Override
                public long rank(long keyHash, int bits, long expiresAtMillis) {
                    at(Place.RANK);
                    return bits;
                }
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPolicyThatFailsIsSwitchedOffAndWritesOverTheLimitAreRefused(Place place) {
        for (Throwable bug : List.of(
                new IllegalStateException("oops"),
                new NoClassDefFoundError("demo.Missing"),
                new StackOverflowError())) {
            try (TestEngine own = TestEngine.create();
                    LogCapture log = new LogCapture()) {
                Failing policy = new Failing(place, bug);
                own.add(policy).set("maxmemory", "1gb").set("maxmemory-policy", "noeviction");
                TestClient user = own.start().connect();
                if (place != Place.CREATE) {
                    user.run("CONFIG SET maxmemory-policy allkeys-failing");
                }
                user.pipeline("SET a v", "SET b v");
                policy.armed = true;
                // Each of these meets the failure somewhere, and answers what it always does.
                assertEquals(
                        List.of("+OK", "+OK", "'v'", "1", "1"),
                        user.pipeline(
                                "CONFIG SET maxmemory-policy allkeys-failing",
                                "SET c v",
                                "GET a",
                                "DEL b",
                                "EXISTS a"));
                if (place == Place.FLUSH) {
                    assertEquals(List.of("+OK", "+OK"), user.pipeline("FLUSHDB", "SET a v"));
                }
                user.run("CONFIG SET maxmemory 1");
                if (place != Place.FLUSH) {
                    assertEquals(OOM, user.run("SET d v"), place + " " + bug);
                }
                long bytes = own.memoryBytes();
                assertEquals(own.measuredBytes(), bytes);

                assertFalse(log.errors().isEmpty());
                assertEquals(
                        "The eviction policy allkeys-failing failed and is switched off; writes over maxmemory are refused",
                        log.errors().get(0));
                assertEquals(bug.getClass().getName(), log.thrown().get(0));

                // Once it works again, the next change of the configuration switches it on.
                policy.armed = false;
                user.run("CONFIG SET maxmemory 1gb");
                user.run("CONFIG SET maxmemory 1");
                user.run("PING");
                assertEquals("0", user.run("DBSIZE"));
            }
        }
        start();
    }

    @Test
    void aPolicyThatFailedLeavesNoBitsBehind() {
        Failing policy = new Failing(Place.ACCESS, new IllegalStateException());
        engine.add(policy);
        start();
        client.run("SET a v");
        long bytes = engine.memoryBytes();
        try (LogCapture log = new LogCapture()) {
            client.pipeline("CONFIG SET maxmemory 1gb maxmemory-policy allkeys-failing");
            policy.armed = true;
            client.run("GET a");
            assertEquals(1, log.errors().size());
            client.run("CONFIG SET maxmemory-policy noeviction");
        }
        assertEquals(bytes, engine.memoryBytes());
    }
}

package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.api.eviction.EvictionSetup;
import io.miniredis.api.eviction.Evictor;
import io.miniredis.api.eviction.RemovalCause;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** More than memory holds: how long one command evicts, what is left to the background, what is refused, and that the limit holds. */
final class EvictionPressureTest {
    private static final String OOM = "-OOM command not allowed when used memory > 'maxmemory'.";
    private static final int MEGABYTE = 1 << 20;
    private static final long EVICTION_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final TestEngine engine = TestEngine.create();
    private TestClient client;

    @AfterEach
    void close() {
        engine.close();
    }

    /** The least recently used key goes first, by a count of uses. To be used by many threads. */
    private final class Oldest implements EvictionPolicy, Evictor {
        private final AtomicInteger uses = new AtomicInteger();

        /** What each eviction takes, by the engine's clock. */
        volatile long nanos;

        @Override
        public String name() {
            return "oldest";
        }

        @Override
        public Evictor create(EvictionSetup setup) {
            return this;
        }

        @Override
        public int onInsert(long keyHash) {
            return uses.incrementAndGet();
        }

        @Override
        public int onAccess(long keyHash, int bits) {
            return uses.incrementAndGet();
        }

        @Override
        public void onRemove(long keyHash, int bits, RemovalCause cause) {
            engine.ticker.advanceNanos(nanos);
        }

        @Override
        public long rank(long keyHash, int bits, long expiresAtMillis) {
            return (long) uses.get() - bits;
        }
    }

    private Oldest start(long limit) {
        Oldest policy = new Oldest();
        engine.add(policy);
        engine.set("maxmemory", Long.toString(limit)).set("maxmemory-policy", "allkeys-oldest");
        client = engine.start().connect();
        return policy;
    }

    private void fill(int keys) {
        for (int i = 0; i < keys; i++) {
            assertEquals("+OK", client.send("SET", "key:" + i, "v".repeat(100)));
        }
    }

    /** Within two percent: what a command brings is known, what it is stored with is not. */
    private void assertIsWithin(long limit) {
        assertTrue(engine.memoryBytes() <= limit + limit / 50, engine.memoryBytes() + " of " + limit);
    }

    private long evicted() {
        return engine.engine().counters().evicted;
    }

    private EvictionCycle cycle() {
        return engine.engine().evictions().cycle();
    }

    // How long a command evicts

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 50000", "5, 250000", "10, 500000", "11, 575000", "20, 2022778", "99, 126205358785"})
    void theTimeGrowsWithTheTenacity(int tenacity, long nanos) {
        engine.settings.set("maxmemory-eviction-tenacity", Integer.toString(tenacity));
        assertEquals(nanos, engine.settings.evictionNanos());
        engine.settings.set("maxmemory-eviction-tenacity", "100");
        assertEquals(Long.MAX_VALUE, engine.settings.evictionNanos());
        engine.start();
    }

    /** At 30 the time is 8183 microseconds, so that of 82 evictions; one looks at the time after each 16. */
    @ParameterizedTest
    @CsvSource({"0, 16", "10, 16", "30, 96", "99, 900", "100, 900"})
    void aCommandEvictsForSoLongAndThenGoesOn(int tenacity, int expected) {
        Oldest policy = start(1 << 30);
        fill(1000);
        long perKey = (engine.memoryBytes() - emptyBytes()) / 1000;
        client.run("CONFIG SET maxmemory-eviction-tenacity " + tenacity);
        client.run("CONFIG SET maxmemory " + (engine.memoryBytes() - 850 * perKey));
        policy.nanos = EVICTION_NANOS;
        assertEquals("+OK", client.run("SET new v"));
        if (expected < 900) {
            assertEquals(expected, evicted());
            assertTrue(cycle().isWanted());
            assertEquals("+OK", client.run("SET new w"));
            assertEquals(2L * expected, evicted());
        } else {
            assertTrue(evicted() > 700, evicted() + " evicted");
            assertTrue(engine.memoryBytes() <= engine.settings.maxMemoryBytes());
        }
    }

    private static long emptyBytes() {
        try (TestEngine empty = TestEngine.started()) {
            return empty.memoryBytes();
        }
    }

    @Test
    void whatIsLeftIsEvictedInTheBackground() {
        Oldest policy = start(1 << 30);
        fill(1000);
        policy.nanos = EVICTION_NANOS;
        client.run("CONFIG SET maxmemory " + engine.memoryBytes() / 2);
        assertTrue(cycle().isWanted());
        int rounds = 0;
        while (cycle().isWanted()) {
            long before = evicted();
            cycle().runOnce(engine.worker());
            assertTrue(evicted() - before <= 16);
            rounds++;
        }
        assertTrue(rounds > 10, rounds + " rounds");
        assertTrue(engine.memoryBytes() <= engine.settings.maxMemoryBytes());
        assertEquals(engine.measuredBytes(), engine.memoryBytes());
    }

    @Test
    void theBackgroundGivesUpWhereNothingMayGo() {
        start(1 << 30);
        fill(100);
        client.run("CONFIG SET maxmemory-policy noeviction");
        client.run("CONFIG SET maxmemory 1000");
        assertTrue(cycle().isWanted());
        cycle().runOnce(engine.worker());
        assertFalse(cycle().isWanted());
        assertEquals(0, evicted());
    }

    @Test
    void theBackgroundThreadWorksUntilNothingIsLeft() throws Exception {
        Oldest policy = start(1 << 30);
        fill(1000);
        policy.nanos = EVICTION_NANOS;
        client.run("CONFIG SET maxmemory " + engine.memoryBytes() / 2);
        Thread thread = new Thread(() -> cycle().run(engine.worker()));
        thread.start();
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (engine.memoryBytes() > engine.settings.maxMemoryBytes() && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertTrue(engine.memoryBytes() <= engine.settings.maxMemoryBytes());
        } finally {
            thread.interrupt();
            thread.join();
        }
    }

    /** However long that takes: else a writer of large values would be faster than eviction. */
    @Test
    void aCommandEvictsAtLeastAsMuchAsItBrings() {
        Oldest policy = start(MEGABYTE);
        fill(8000);
        policy.nanos = EVICTION_NANOS;
        for (int i = 0; i < 20; i++) {
            assertEquals("+OK", client.send("SET", "large:" + i, "v".repeat(MEGABYTE / 5)));
            assertIsWithin(MEGABYTE);
        }
    }

    @Test
    void overTheLimitOfTheHeapNoCommandGoesOnBeforeThereIsRoom() {
        engine.heap = new HeapBudget(3 * MEGABYTE, 2 * MEGABYTE);
        Oldest policy = start(1 << 30);
        fill(15_000);
        policy.nanos = EVICTION_NANOS;
        client.run("CONFIG SET maxmemory-eviction-tenacity 0");
        for (int i = 0; i < 200; i++) {
            assertEquals("+OK", client.send("SET", "more:" + i, "v".repeat(5000)));
            assertIsWithin(2 * MEGABYTE);
        }
    }

    // What is refused

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatIsLargerThanTheLimitIsRefusedAndEvictsNothing(int threads) {
        engine.set("io-threads", Integer.toString(threads));
        start(2 * MEGABYTE);
        fill(8000);
        client.run("PUSH bag a");
        List<StoredKey> before = engine.engine().contents();
        long evicted = evicted();
        String large = "v".repeat(2 * MEGABYTE);
        assertEquals(OOM, client.send("SET", "large", large));
        assertEquals(OOM, client.send("SET", "key:7999", large));
        assertEquals(OOM, client.send("PUSH", "bag", large));
        String half = "v".repeat(MEGABYTE);
        assertEquals(OOM, client.send("MSET", "one", half, "two", half));
        assertEquals("+OK", client.run("MULTI"));
        assertEquals("+QUEUED", client.send("GET", "key:7999"));
        assertEquals(OOM, client.send("SET", "large", large));
        assertEquals("-EXECABORT Transaction discarded because of previous errors.", client.run("EXEC"));
        assertEquals(before, engine.engine().contents());
        assertEquals(evicted, evicted());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void commandsThatAreTooLargeOnlyTogetherAreRefusedByExec(int threads) {
        engine.set("io-threads", Integer.toString(threads));
        start(2 * MEGABYTE);
        fill(1000);
        String half = "v".repeat(MEGABYTE);
        assertEquals("+OK", client.run("MULTI"));
        assertEquals("+QUEUED", client.send("SET", "one", half));
        assertEquals("+QUEUED", client.send("SET", "two", half));
        List<StoredKey> before = engine.engine().contents();
        assertEquals("-EXECABORT Transaction discarded because of: " + OOM.substring(1), client.run("EXEC"));
        assertEquals(before, engine.engine().contents());
    }

    @Test
    void whatFitsIfOthersGoIsStored() {
        start(2 * MEGABYTE);
        fill(8000);
        assertEquals("+OK", client.send("SET", "large", "v".repeat(MEGABYTE)));
        assertIsWithin(2 * MEGABYTE);
        assertEquals("1", client.run("EXISTS large"));
    }

    // That the limit holds

    @Test
    void theOldestGoFirst() {
        start(2 * MEGABYTE);
        fill(20_000);
        int kept = (int) engine.keys(0);
        assertTrue(present(20_000 - kept / 2, 20_000) == kept / 2, "of the newer half");
        assertTrue(present(0, 20_000 - 2 * kept) < kept / 50, "of those much older");
    }

    private int present(int from, int to) {
        int present = 0;
        for (int i = from; i < to; i++) {
            present += Integer.parseInt(client.run("EXISTS key:" + i));
        }
        return present;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void theLimitHoldsWithSoManyWriters(int threads) throws Exception {
        engine.set("io-threads", Integer.toString(threads));
        long limit = 10L * MEGABYTE;
        start(limit);
        ExecutorService writers = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Long>> tasks =
                    IntStream.range(0, threads).mapToObj(this::writer).toList();
            for (Future<Long> most : writers.invokeAll(tasks)) {
                assertTrue(most.get() <= limit + limit / 50, most.get() + " bytes");
            }
        } finally {
            writers.shutdown();
        }
        assertTrue(evicted() > 10_000, evicted() + " evicted");
        assertEquals(engine.measuredBytes(), engine.memoryBytes());
    }

    /** Writes as fast as it can; returns the most that it has seen in use. */
    private Callable<Long> writer(int number) {
        TestClient writer = engine.connect();
        return () -> {
            long most = 0;
            for (int i = 0; i < 40_000; i++) {
                writer.send("SET", "key:" + number + ":" + i, "v".repeat(i % 100 == 0 ? 20_000 : 300));
                most = Math.max(most, engine.memoryBytes());
            }
            return most;
        };
    }
}

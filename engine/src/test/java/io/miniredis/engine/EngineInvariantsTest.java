package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.ValueType;
import io.miniredis.engine.RankedPolicy.Ranks;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must hold whatever clients do: the account of memory is exact, and no command sees another half done. */
final class EngineInvariantsTest {

    /** Commands at random on a few thousand keys, in pipelines, while time passes and memory may be short. */
    @ParameterizedTest
    @CsvSource({"1, 0, noeviction", "2, 0, noeviction", "1, 400000, allkeys-demo", "2, 400000, volatile-demo"})
    void theAccountOfMemoryIsExact(String threads, String limit, String policy) {
        SplittableRandom random = new SplittableRandom(99);
        try (TestEngine engine = TestEngine.create()) {
            engine.add(new RankedPolicy("demo", new QuietRanks()));
            engine.set("io-threads", threads).set("maxmemory", limit).set("maxmemory-policy", policy);
            TestClient client = engine.start().connect();
            long empty = engine.memoryBytes();
            for (int round = 0; round < 4000; round++) {
                List<String[]> requests = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    requests.add(request(random));
                }
                for (String reply : client.pipeline(requests)) {
                    assertTrue(
                            !reply.startsWith("-") || reply.startsWith("-WRONGTYPE") || reply.startsWith("-OOM"),
                            reply);
                }
                engine.ticker.advanceMillis(random.nextInt(20));
                if (round % 10 == 0) {
                    engine.engine().expireCycle();
                }
                if (round % 100 == 0) {
                    assertEquals(engine.measuredBytes(), engine.memoryBytes(), "round " + round);
                    assertEquals(engine.measuredBytesOf(Bag.TYPE), bytesOf(engine, Bag.TYPE), "round " + round);
                }
            }
            assertEquals(engine.measuredBytes(), engine.memoryBytes());
            assertTrue(engine.memoryBytes() > empty);
            Counters counters = engine.engine().counters();
            assertTrue(counters.expired > 0);
            assertEquals(limit.equals("0"), counters.evicted == 0);
            client.run("FLUSHALL");
            assertEquals(empty, engine.memoryBytes());
            assertEquals(empty, engine.measuredBytes());
        }
    }

    /** What a plugin's type occupies by the account. */
    private static long bytesOf(TestEngine engine, ValueType<?> type) {
        ShardLocks locks = engine.worker().locks;
        long bytes = engine.engine().databases().bytesOfType(type.name(), locks);
        locks.releaseAll();
        return bytes;
    }

    /** Ranks that do not remember. */
    private static final class QuietRanks extends Ranks {
        @Override
        public int onInsert(long keyHash) {
            return (int) keyHash;
        }

        @Override
        public int onAccess(long keyHash, int bits) {
            return bits + 1;
        }

        @Override
        public void onRemove(long keyHash, int bits, io.miniredis.api.eviction.RemovalCause cause) {}

        @Override
        public void onFlush(long keys) {}

        @Override
        public long rank(long keyHash, int bits, long expiresAtMillis) {
            return bits;
        }
    }

    private static String[] request(SplittableRandom random) {
        String key = "key:" + random.nextInt(3000);
        String other = "key:" + random.nextInt(3000);
        String value = "v".repeat(random.nextInt(random.nextInt(30) == 0 ? 6000 : 120));
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> new String[] {"SET", key, value};
            case 3 -> new String[] {"SET", key, value, "PX", Integer.toString(1 + random.nextInt(2000))};
            case 4 -> new String[] {"SET", key, value, "KEEPTTL"};
            case 5 -> new String[] {"MSET", key, value, other, value};
            case 6, 7 -> new String[] {"PUSH", key, value, "x"};
            case 8, 9 -> new String[] {"POP", key};
            case 10 -> new String[] {"POPMOVE", key, other};
            case 11 -> new String[] {"PEXPIRE", key, Integer.toString(random.nextInt(2000) - 100)};
            case 12 -> new String[] {"PERSIST", key};
            case 13 -> new String[] {"DEL", key, other};
            case 14 -> new String[] {"GET", key};
            default ->
                random.nextInt(200) == 0
                        ? new String[] {"FLUSHDB"}
                        : new String[] {"SELECT", Integer.toString(random.nextInt(3))};
        };
    }

    /**
     * Elements wander between bags on several threads, each move being one command with two keys. However they interleave, no
     * element is lost or doubled, and who looks at all bags at once counts them all.
     */
    @Test
    void commandsOnSeveralKeysAreSeenAsOne() throws Exception {
        int threads = 4;
        int bags = 12;
        int elements = 300;
        try (TestEngine engine = TestEngine.create()) {
            engine.set("io-threads", "4");
            engine.add(countAll(bags));
            TestClient setup = engine.start().connect();
            for (int i = 0; i < elements; i++) {
                setup.run("PUSH bag:" + i % bags + " element:" + i);
            }
            ExecutorService executor = Executors.newFixedThreadPool(threads + 1);
            CountDownLatch ready = new CountDownLatch(threads + 1);
            AtomicBoolean moving = new AtomicBoolean(true);
            List<Future<?>> movers = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                TestClient client = engine.connect();
                SplittableRandom random = new SplittableRandom(thread);
                movers.add(executor.submit(() -> {
                    ready.countDown();
                    ready.await();
                    for (int i = 0; i < 5000; i++) {
                        move(client, random, bags);
                    }
                    return null;
                }));
            }
            TestClient watcher = engine.connect();
            Future<?> watching = executor.submit(() -> {
                ready.countDown();
                ready.await();
                for (int i = 0; i < 500 || moving.get(); i++) {
                    assertEquals(Integer.toString(elements), watcher.send(allBags(bags)));
                    watcher.pipeline("DBSIZE", "SCAN 0", "INFO", "CONFIG SET maxmemory-samples 6");
                    engine.engine().expireCycle();
                }
                return null;
            });
            for (Future<?> mover : movers) {
                mover.get(120, TimeUnit.SECONDS);
            }
            moving.set(false);
            watching.get(120, TimeUnit.SECONDS);
            executor.shutdown();
            assertEquals(Integer.toString(elements), setup.send(allBags(bags)));
            assertEquals(engine.measuredBytes(), engine.memoryBytes());
        }
    }

    private static void move(TestClient client, SplittableRandom random, int bags) {
        List<String> commands = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            commands.add("POPMOVE bag:" + random.nextInt(bags) + " bag:" + random.nextInt(bags));
        }
        for (String reply : client.pipeline(commands.toArray(String[]::new))) {
            assertTrue(reply.equals("nil") || reply.startsWith("'element:"), reply);
        }
    }

    private static String[] allBags(int bags) {
        String[] request = new String[bags + 1];
        request[0] = "COUNTALL";
        for (int i = 0; i < bags; i++) {
            request[i + 1] = "bag:" + i;
        }
        return request;
    }

    private static TestCommand countAll(int bags) {
        return TestCommand.of(
                io.miniredis.api.CommandSpec.named("countall")
                        .arity(bags + 1)
                        .readOnly()
                        .keys(io.miniredis.api.KeySpec.range(1, -1, 1, io.miniredis.api.KeySpec.Access.RO)),
                (context, args, reply) -> {
                    long count = 0;
                    for (int i = 1; i < args.size(); i++) {
                        Bag bag = context.keyspace().read(args.key(i), Bag.TYPE);
                        count += bag == null ? 0 : bag.size();
                    }
                    reply.integer(count);
                });
    }

    /** Several threads write the same keys while another flushes, changes the limit and lets keys expire. */
    @Test
    void theAccountIsExactAfterEverybodyWroteAtOnce() throws Exception {
        int threads = 4;
        try (TestEngine engine = TestEngine.create()) {
            engine.set("io-threads", "4").set("maxmemory", "300kb").set("maxmemory-policy", "volatile-ttl");
            TestClient admin = engine.start().connect();
            long empty = engine.memoryBytes();
            ExecutorService executor = Executors.newFixedThreadPool(threads);
            CountDownLatch ready = new CountDownLatch(threads);
            List<Future<?>> writers = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                TestClient client = engine.connect();
                SplittableRandom random = new SplittableRandom(thread);
                writers.add(executor.submit(() -> {
                    ready.countDown();
                    ready.await();
                    for (int i = 0; i < 1000; i++) {
                        List<String[]> requests = new ArrayList<>();
                        for (int k = 0; k < 20; k++) {
                            requests.add(request(random));
                        }
                        client.pipeline(requests);
                    }
                    return null;
                }));
            }
            for (int i = 0; i < 50; i++) {
                admin.pipeline("CONFIG SET maxmemory " + (i % 2 == 0 ? "0" : "300kb"), "FLUSHDB", "CONFIG GET *");
                engine.ticker.advanceMillis(10);
                engine.engine().expireCycle();
            }
            for (Future<?> writer : writers) {
                writer.get(120, TimeUnit.SECONDS);
            }
            executor.shutdown();
            assertEquals(engine.measuredBytes(), engine.memoryBytes());
            admin.pipeline("CONFIG SET maxmemory 0", "FLUSHALL");
            assertEquals(empty, engine.memoryBytes());
        }
    }
}

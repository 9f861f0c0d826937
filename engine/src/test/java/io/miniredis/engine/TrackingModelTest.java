package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client keeps is what the server has, once the client has heard all that it was told. At random, and with several threads. */
final class TrackingModelTest {
    private static final String KEYS = "abcdefgh";
    private static final int STEPS = 3000;
    private static final int OPERATIONS = 20_000;

    private static String key(Random random) {
        return String.valueOf(KEYS.charAt(random.nextInt(KEYS.length())));
    }

    private static String write(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> "DEL " + key(random);
            case 1 -> "RENAME " + key(random) + " " + key(random);
            case 2 -> "MSET " + key(random) + " " + random.nextInt(100) + " " + key(random) + " " + random.nextInt(100);
            case 3 -> "PEXPIRE " + key(random) + " " + (random.nextInt(20) - 3);
            case 4 -> "COPY " + key(random) + " " + key(random) + " REPLACE";
            default -> "SET " + key(random) + " " + random.nextInt(100);
        };
    }

    private static void assertRight(CachingClient reader, TestClient judge, String when) {
        KEYS.chars().forEach(key -> {
            var unused = judge.run("GET " + (char) key); // what has expired is gone when it is looked for
        });
        reader.hear();
        reader.copies().forEach((key, copy) -> assertEquals(judge.run("GET " + key), copy, () -> key + " " + when));
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 1", "2, 0, 2", "1, 3, 3", "2, 3, 4"})
    void copiesAreRightAfterEachStep(int threads, int maxKeys, long seed) {
        TestEngine engine = TestEngine.create()
                .set("io-threads", "" + threads)
                .set("tracking-table-max-keys", "" + maxKeys)
                .start();
        try (engine) {
            Random random = new Random(seed);
            TestClient judge = engine.connect();
            List<CachingClient> readers = new ArrayList<>();
            for (String options :
                    List.of("", " BCAST", " BCAST PREFIX a PREFIX b PREFIX c PREFIX d PREFIX e PREFIX f", "")) {
                readers.add(new CachingClient(engine.connect(), options));
            }
            for (int step = 0; step < STEPS; step++) {
                CachingClient reader = readers.get(random.nextInt(readers.size()));
                switch (random.nextInt(20)) {
                    case 0 -> judge.run("FLUSHDB");
                    case 1 -> engine.ticker.advanceMillis(random.nextInt(10));
                    case 2 -> engine.engine().expireCycle();
                    case 3, 4, 5 -> judge.run(write(random));
                    case 6 -> judge.pipeline(write(random), write(random), write(random));
                    case 7 -> judge.pipeline("MULTI", write(random), write(random), "EXEC");
                    case 8, 9 ->
                        reader.run(
                                write(random),
                                "GET " + keyFor(reader, readers, random),
                                write(random),
                                "GET " + keyFor(reader, readers, random));
                    default -> reader.run("GET " + keyFor(reader, readers, random));
                }
                for (CachingClient each : readers) {
                    assertRight(each, judge, "after step " + step + " of seed " + seed);
                }
            }
            for (CachingClient each : readers) {
                assertTrue(each.invalidations > 100, "hardly anything was told");
                each.client.session.disconnected();
            }
            assertEquals(0, engine.engine().tracking().keys());
            assertEquals(0, engine.engine().tracking().items());
        }
    }

    /** Who does not hear of all prefixes must not keep the rest. */
    private static String keyFor(CachingClient reader, List<CachingClient> readers, Random random) {
        String key = key(random);
        return reader == readers.get(2) && key.compareTo("f") > 0 ? "a" : key;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " BCAST", " NOLOOP"})
    void copiesAreRightWhenThreadsHaveEnded(String options) throws Exception {
        TestEngine engine = TestEngine.create()
                .set("io-threads", "2")
                .set("tracking-table-max-keys", "0")
                .start();
        try (engine) {
            List<CachingClient> readers = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            AtomicReference<Throwable> failure = new AtomicReference<>();
            AtomicInteger writing = new AtomicInteger(2);
            for (int i = 0; i < 2; i++) {
                long seed = i;
                CachingClient reader = new CachingClient(engine.connect(), options);
                readers.add(reader);
                threads.add(new Thread(() -> read(reader, new Random(seed), writing)));
                TestClient writer = engine.connect();
                threads.add(new Thread(() -> write(writer, new Random(seed), writing)));
            }
            for (Thread thread : threads) {
                thread.setUncaughtExceptionHandler((unused, e) -> failure.set(e));
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(null, failure.get());
            TestClient judge = engine.connect();
            for (CachingClient reader : readers) {
                assertTrue(reader.invalidations > 0, "nothing was told");
                assertRight(reader, judge, "in the end");
            }
        }
    }

    /** Reads what it has no copy of: so one that is wrong, and of which it is never told, stays. */
    private static void read(CachingClient reader, Random random, AtomicInteger writing) {
        while (writing.get() > 0) {
            List<String> missing = KEYS.chars()
                    .mapToObj(key -> String.valueOf((char) key))
                    .filter(key -> !reader.copies().containsKey(key) && random.nextInt(4) > 0)
                    .map(key -> "GET " + key)
                    .toList();
            reader.run(missing.toArray(String[]::new));
            reader.hear();
        }
    }

    private static void write(TestClient writer, Random random, AtomicInteger writing) {
        try {
            for (int i = 0; i < OPERATIONS; i++) {
                writer.pipeline(i % 1000 == 0 && i < OPERATIONS / 2 ? "FLUSHALL" : write(random), write(random));
            }
        } finally {
            writing.decrementAndGet();
        }
    }
}

package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How expired keys go that nobody asks for. */
final class ExpiryCycleTest {

    /** So much time passes whenever the clock is read that a run has time for a segment or two. */
    private static final long NANOS_PER_READING = 8_000_000;

    private static void fill(TestClient client, String prefix, int keys) {
        String[] requests = new String[keys];
        for (int i = 0; i < keys; i++) {
            requests[i] = "SET " + prefix + i + " v PX 5";
        }
        client.pipeline(requests);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void aRunThatHasToStopIsContinuedByTheNext(String threads) {
        try (TestEngine engine = TestEngine.create().set("io-threads", threads).start()) {
            TestClient client = engine.connect();
            fill(client, "a:", 5000);
            client.run("SELECT 3");
            fill(client, "b:", 5000);
            client.run("SET stays v");
            engine.ticker.advanceMillis(6);
            engine.ticker.slowDown(NANOS_PER_READING);
            int runs = 0;
            while (engine.engine().expireCycle()) {
                assertTrue(runs++ < 1000, "no end");
            }
            assertTrue(runs > 3, runs + " runs");
            assertEquals(10_000, engine.engine().counters().expired);
            assertEquals("1", client.run("DBSIZE"));
            assertFalse(engine.engine().expireCycle());
            assertEquals(engine.measuredBytes(), engine.memoryBytes());
        }
    }

    /** There is always more in the first shard than one run removes. */
    @Test
    void noTableWaitsForEverBehindOthers() {
        try (TestEngine engine = TestEngine.create().set("io-threads", "2").start()) {
            TestClient client = engine.connect();
            client.run("SELECT 15");
            fill(client, "last:", 500);
            TestClient other = engine.connect();
            engine.ticker.slowDown(NANOS_PER_READING);
            for (int run = 0; !client.run("DBSIZE").equals("0"); run++) {
                fill(other, "more:" + run + ":", 200);
                engine.ticker.advanceMillis(6);
                engine.engine().expireCycle();
                assertTrue(run < 1000, "the last database waits for ever");
            }
        }
    }
}

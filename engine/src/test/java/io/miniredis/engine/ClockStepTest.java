package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.CommandSpec;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens when the wall clock is put forward or back. */
final class ClockStepTest {
    private static final long HOUR = 3_600_000;

    private final TestEngine engine = TestEngine.create();
    private final TestClient client = engine.add(
                    TestCommand.of(CommandSpec.named("tick").arity(1), (context, args, reply) -> {
                        engine.ticker.advanceMillis(2000);
                        reply.ok();
                    }))
            .start()
            .connect();

    @AfterEach
    void stop() {
        engine.close();
    }

    private void cycle() {
        engine.engine().expireCycle();
    }

    @Test
    void aMomentIsOverWhenTheWallClockSaysSo() {
        client.pipeline("SET soon v PX 1000", "SET late v PX " + 2 * HOUR);
        engine.ticker.stepMillis(HOUR);
        cycle();
        assertEquals(List.of("1", "nil"), client.pipeline("DBSIZE", "GET soon"));
        assertEquals("" + HOUR, client.run("PTTL late"));
    }

    @Test
    void aClockThatIsPutBackGivesKeysMoreTimeAndNotForEver() {
        client.run("SET k v PX 1000");
        engine.ticker.stepMillis(-HOUR);
        cycle();
        assertEquals("" + (HOUR + 1000), client.run("PTTL k"));
        engine.ticker.advanceMillis(HOUR + 1001);
        cycle();
        assertEquals("0", client.run("DBSIZE"));
    }

    @Test
    void whatIsStoredAfterAStepBackGoesInTime() {
        client.run("SET before v PX 1000");
        cycle();
        engine.ticker.stepMillis(-HOUR);
        client.run("SET after v PX 1000");
        engine.ticker.advanceMillis(1001);
        cycle();
        assertEquals(List.of("1", "'v'"), client.pipeline("DBSIZE", "GET before"));
    }

    /** The cycle remembers the earliest moments; steps must not have it forget any. */
    @Test
    void aClockThatJumpsToAndFroLosesNoKey() {
        for (int i = 0; i < 3000; i++) {
            client.run("SET key:" + i + " v PX " + (1000 + i));
        }
        engine.ticker.stepMillis(HOUR * 24);
        engine.ticker.stepMillis(-HOUR * 24);
        cycle();
        assertEquals("3000", client.run("DBSIZE"));
        engine.ticker.stepMillis(2500);
        cycle();
        assertEquals("1500", client.run("DBSIZE"));
        engine.ticker.stepMillis(-2500);
        cycle();
        assertEquals("1500", client.run("DBSIZE"));
        engine.ticker.advanceMillis(4000);
        cycle();
        assertEquals("0", client.run("DBSIZE"));
        assertEquals(3000, engine.engine().counters().expired);
    }

    @Test
    void aPipelineAndATransactionSeeOneTime() {
        String[] pipeline = {"SET k v PX 1000", "TICK", "GET k"};
        assertEquals(List.of("+OK", "+OK", "'v'"), client.pipeline(pipeline));
        assertEquals("nil", client.run("GET k"));
        client.pipeline("MULTI", "SET k v PX 1000", "TICK", "GET k", "PTTL k");
        assertEquals(List.of("*4", "+OK", "+OK", "'v'", "1000"), client.pipeline("EXEC"));
        assertEquals("nil", client.run("GET k"));
    }

    @Test
    void howLongTheServerIsUpIsNoMatterOfTheWallClock() {
        engine.ticker.advanceMillis(5000);
        engine.ticker.stepMillis(-HOUR);
        assertTrue(client.run("INFO server").contains("\r\nuptime_in_seconds:5\r\n"));
        engine.ticker.stepMillis(HOUR * 48);
        assertTrue(client.run("INFO server").contains("\r\nuptime_in_seconds:5\r\n"));
    }

    @Test
    void nothingWasUsedOrMadeInTheFuture() {
        client.run("SET k v");
        engine.ticker.stepMillis(-60_000);
        assertEquals("0", client.run("OBJECT IDLETIME k"));
        assertTrue(client.run("CLIENT INFO").contains(" age=0 idle=0 "));
    }
}

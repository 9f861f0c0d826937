package demo.tinylfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TurnoverClockTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 1_000, 2_047})
    void ticksAtEachUseOfFewKeys(int keys) {
        TurnoverClock clock = new TurnoverClock(0);
        clock.adjust(keys);
        assertEquals(keys, ticksWhileUsing(clock, keys));
        assertEquals(Math.max(64, keys), clock.ticksPerTurnover());
    }

    @ParameterizedTest
    @ValueSource(ints = {2_048, 10_000, 1_000_000})
    void ticksAThousandTimesWhileManyKeysAreUsedOnce(int keys) {
        TurnoverClock clock = new TurnoverClock(0);
        clock.adjust(keys);
        int ticks = ticksWhileUsing(clock, keys);
        assertEquals(clock.ticksPerTurnover(), ticks, 0.15 * ticks);
        assertTrue(clock.ticksPerTurnover() >= 1024 && clock.ticksPerTurnover() < 2048);
    }

    @Test
    void oneOfTwoWhoTickAtTheSameTimeDoes() {
        TurnoverClock clock = new TurnoverClock(0);
        assertTrue(clock.tick(1, 0));
        assertFalse(clock.tick(2, 0));
        assertEquals(1, clock.now());
    }

    @Test
    void goesAround() {
        TurnoverClock clock = new TurnoverClock(-2);
        ticksWhileUsing(clock, 5);
        assertEquals(3, clock.now());
        assertEquals(5, clock.since(-2));
    }

    private static int ticksWhileUsing(TurnoverClock clock, int keys) {
        int ticks = 0;
        for (int key = 0; key < keys; key++) {
            ticks += clock.tick(SampledCache.hash(key), clock.now()) ? 1 : 0;
        }
        return ticks;
    }
}

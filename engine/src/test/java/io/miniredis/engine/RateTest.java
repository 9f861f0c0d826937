package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** How fast something grows. */
final class RateTest {
    private static final long TENTH = 100_000_000;

    private final Rate rate = new Rate();

    @Test
    void isZeroAtFirst() {
        assertEquals(0, rate.perSecond());
        rate.sample(5, 1000);
        assertEquals(0, rate.perSecond());
    }

    @Test
    void isTheMeanOfSixteenSamples() {
        long nanos = 1;
        long count = 0;
        rate.sample(nanos, count);
        for (int i = 1; i <= 16; i++) {
            nanos += TENTH;
            count += 1600;
            rate.sample(nanos, count);
            assertEquals(1000L * i, rate.perSecond());
        }
        rate.sample(nanos + TENTH, count);
        assertEquals(15_000, rate.perSecond());
        for (int i = 2; i <= 16; i++) {
            rate.sample(nanos + i * TENTH, count);
        }
        assertEquals(0, rate.perSecond());
    }

    @Test
    void samplesOfUnequalLengthCountByTheirRate() {
        rate.sample(1, 0);
        rate.sample(1 + 4 * TENTH, 6400);
        assertEquals(1000, rate.perSecond());
    }

    @Test
    void noTimeBetweenSamplesIsNoSample() {
        rate.sample(1, 0);
        rate.sample(1, 1_000_000);
        assertEquals(0, rate.perSecond());
        rate.sample(1 + TENTH, 1_001_600);
        assertEquals(1000, rate.perSecond());
    }
}

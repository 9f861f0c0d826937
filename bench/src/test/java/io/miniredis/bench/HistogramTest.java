package io.miniredis.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HistogramTest {

    @Test
    void quantilesOfSmallValuesAreExact() {
        Histogram histogram = new Histogram();
        for (int i = 1; i <= 100; i++) {
            histogram.add(i);
        }
        assertEquals(50, histogram.quantile(0.5));
        assertEquals(99, histogram.quantile(0.99));
        assertEquals(100, histogram.quantile(1));
        assertEquals(100, histogram.total());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 129, 255, 256, 1_000_000, 123_456_789_012L, Long.MAX_VALUE})
    void valueIsFoundAgainWithinAHundredthOrSo(long nanos) {
        Histogram histogram = new Histogram();
        histogram.add(nanos);
        histogram.add(Long.MAX_VALUE);
        long found = histogram.quantile(0.5);
        assertTrue(found >= nanos && found - nanos <= nanos / 128, nanos + " became " + found);
    }

    @Test
    void noQuantileIsBeyondTheGreatestValue() {
        Histogram histogram = new Histogram();
        histogram.add(1_000_001);
        assertEquals(1_000_001, histogram.quantile(0.99));
        assertEquals(1_000_001, histogram.max());
    }

    @Test
    void emptyOneHasNothing() {
        assertEquals(0, new Histogram().quantile(0.99));
    }
}

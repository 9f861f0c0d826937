package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.Layout;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpareArraysTest {
    private final AtomicLong dataBytes = new AtomicLong(1L << 30);
    private final LongAdder slack = new LongAdder();
    private final SpareArrays spares = new SpareArrays(dataBytes::get, 0, slack);

    @ParameterizedTest
    @ValueSource(ints = {1024, 1025, 4097, 5000, 65_536, 100_000, 1_000_000, SpareArrays.MOST_BYTES})
    void anArrayThatIsGivenIsTakenAgain(int length) {
        byte[] array = spares.take(length);
        assertTrue(array.length >= length && array.length - length < array.length / 8);
        spares.give(array);
        assertEquals(Layout.bytes(array.length), slack.sum());
        assertSame(array, spares.take(length));
        assertEquals(0, slack.sum());
        assertNotSame(array, spares.take(length));
    }

    @Test
    void fitsWhatIsALittleShorter() {
        byte[] array = spares.take(5000);
        spares.give(array);
        assertNotSame(array, spares.take(3500));
        assertNotSame(array, spares.take(6000));
        assertSame(array, spares.take(4700));
        spares.give(array);
        assertSame(array, spares.take(4100));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 1023, SpareArrays.MOST_BYTES + 1})
    void whatIsTooShortOrTooLongIsMadeToMeasureAndNotKept(int length) {
        byte[] array = spares.take(length);
        assertEquals(length, array.length);
        spares.give(array);
        assertEquals(0, slack.sum());
        assertNotSame(array, spares.take(length));
    }

    @Test
    void whatIsOfAnotherSizeIsNotKept() {
        spares.give(new byte[5001]);
        assertEquals(0, slack.sum());
    }

    @Test
    void keepsAQuarterOfTheDataAtMost() {
        dataBytes.set(4 * 15_000);
        for (int i = 0; i < 3; i++) {
            spares.give(new byte[5120]);
        }
        assertEquals(2 * Layout.bytes(5120), slack.sum());
    }

    @Test
    void whatFitsBestIsTakenFirst() {
        byte[] larger = new byte[5632];
        byte[] fitting = new byte[5120];
        spares.give(fitting);
        spares.give(larger);
        assertSame(fitting, spares.take(5000));
        assertSame(larger, spares.take(5000));
    }

    @Test
    void keepsSomeHoweverLittleDataThereIs() {
        dataBytes.set(0);
        SpareArrays some = new SpareArrays(dataBytes::get, 15_000, slack);
        for (int i = 0; i < 3; i++) {
            some.give(new byte[5120]);
        }
        assertEquals(2 * Layout.bytes(5120), slack.sum());
    }

    /** Values of another length have come: what fits none of them does not stand in the way for good. */
    @Test
    void whatNobodyAsksForGoesInTime() {
        dataBytes.set(4 * 100_000);
        for (int i = 0; i < 30; i++) {
            spares.give(new byte[5120]);
        }
        for (int i = 0; i < 30; i++) {
            spares.give(new byte[20_480]);
        }
        long before = slack.sum();
        assertTrue(before <= 100_000 && before > 80_000, before + " bytes");
        for (int i = 0; i < 3; i++) {
            spares.take(20_000);
        }
        assertEquals(before - 3 * Layout.bytes(20_480), slack.sum());
    }

    @Test
    void letsGoOfAll() {
        assertFalse(spares.drop());
        byte[] array = spares.take(5000);
        spares.give(array);
        assertTrue(spares.drop());
        assertEquals(0, slack.sum());
        assertNotSame(array, spares.take(5000));
    }
}

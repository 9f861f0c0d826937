package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays that are given stay as long as a test refers to them. */
final class SpareArraysTest {
    private final SpareArrays spares = new SpareArrays();

    @ParameterizedTest
    @ValueSource(ints = {256, 257, 1024, 1025, 4097, 5000, 65_536, 100_000, 1_000_000, SpareArrays.MOST_BYTES})
    void anArrayThatIsGivenIsTakenAgain(int length) {
        byte[] array = spares.take(length);
        assertTrue(array.length >= length && array.length - length < array.length / 8);
        spares.give(array);
        assertSame(array, spares.take(length));
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

    @Test
    void fitsExactlyIfItHasTo() {
        byte[] array = spares.take(5000);
        spares.give(array);
        assertNotSame(array, spares.takeFitting(4600));
        assertSame(array, spares.takeFitting(4700));
        assertEquals(4608, spares.takeFitting(4600).length);
        assertEquals(200, spares.takeFitting(200).length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 255, SpareArrays.MOST_BYTES + 1})
    void whatIsTooShortOrTooLongIsMadeToMeasureAndNotKept(int length) {
        byte[] array = spares.take(length);
        assertEquals(length, array.length);
        spares.give(array);
        assertNotSame(array, spares.take(length));
    }

    @Test
    void whatIsOfAnotherSizeIsNotKept() {
        byte[] array = new byte[5001];
        spares.give(array);
        assertNotSame(array, spares.take(5001));
        assertNotSame(array, spares.take(4700));
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
}

package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What objects and arrays are said to occupy. */
final class LayoutTest {

    @Test
    void everythingIsPaddedToEightBytes() {
        assertEquals(0, Layout.padded(0));
        assertEquals(8, Layout.padded(1));
        assertEquals(8, Layout.padded(8));
        assertEquals(16, Layout.padded(9));
        assertEquals(5_000_000_008L, Layout.padded(5_000_000_001L));
    }

    @Test
    void arraysHaveAHeaderOfSixteenBytes() {
        assertEquals(16, Layout.bytes(0));
        assertEquals(24, Layout.bytes(1));
        assertEquals(24, Layout.bytes(8));
        assertEquals(32, Layout.bytes(9));
        assertEquals(16, Layout.ints(0));
        assertEquals(24, Layout.ints(1));
        assertEquals(24, Layout.ints(2));
        assertEquals(16 + 8 * 1000, Layout.longs(1000));
    }

    @Test
    void referencesAreAsLargeAsTheHeapWantsThem() {
        boolean compressed = Runtime.getRuntime().maxMemory() < 32L << 30;
        assertEquals(compressed ? 4 : 8, Layout.REFERENCE_BYTES);
        assertEquals(16 + 1000L * Layout.REFERENCE_BYTES, Layout.references(1000));
    }

    @Test
    void objectsHaveAHeaderAndTheirFields() {
        long header = Layout.REFERENCE_BYTES == 4 ? 12 : 16;
        assertEquals(16, Layout.object(0, 0));
        assertEquals(Layout.padded(header + 2L * Layout.REFERENCE_BYTES + 9), Layout.object(2, 9));
    }

    @Test
    void lengthsBeyondAnIntAreFine() {
        assertEquals(16 + 8L * (1L << 40), Layout.longs(1L << 40));
        assertTrue(Layout.ints(1L << 40) > 0);
    }
}

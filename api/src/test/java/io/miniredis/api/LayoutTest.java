package io.miniredis.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

final class LayoutTest {
    private static final ObjectModel PLAIN = new ObjectModel(12, 4);
    private static final ObjectModel LARGE_HEAP = new ObjectModel(12, 8);
    private static final ObjectModel COMPACT = new ObjectModel(8, 4);
    private static final ObjectModel COMPACT_LARGE_HEAP = new ObjectModel(8, 8);

    private record TwoReferencesAndABit(Object first, Object second, boolean bit) {}

    @Test
    void arraysOfBytesBeginAfterTheirLength() {
        assertEquals(16, PLAIN.bytes(0));
        assertEquals(24, PLAIN.bytes(1));
        assertEquals(24, PLAIN.bytes(8));
        assertEquals(32, LARGE_HEAP.bytes(9));
        assertEquals(16, COMPACT.bytes(0));
        assertEquals(16, COMPACT.bytes(4));
        assertEquals(24, COMPACT_LARGE_HEAP.bytes(5));
    }

    @Test
    void arraysOfLongsBeginAtAMultipleOfEight() {
        for (ObjectModel model : new ObjectModel[] {PLAIN, LARGE_HEAP, COMPACT, COMPACT_LARGE_HEAP}) {
            assertEquals(16, model.longs(0));
            assertEquals(16 + 8 * 1000, model.longs(1000));
        }
    }

    @Test
    void arraysOfReferencesDependOnBoth() {
        assertEquals(16 + 4 * 1000, PLAIN.references(1000));
        assertEquals(16 + 8 * 1000, LARGE_HEAP.references(1000));
        assertEquals(12 + 4 * 1001, COMPACT.references(1001));
        assertEquals(16 + 8 * 1000, COMPACT_LARGE_HEAP.references(1000));
    }

    @Test
    void objectsHaveAHeaderAndTheirFields() {
        assertEquals(16, PLAIN.object(0, 0));
        assertEquals(32, PLAIN.object(2, 9));
        assertEquals(40, LARGE_HEAP.object(2, 9));
        assertEquals(8, COMPACT.object(0, 0));
        assertEquals(32, COMPACT.object(2, 9));
        assertEquals(40, COMPACT_LARGE_HEAP.object(2, 9));
    }

    @Test
    void lengthCanBeRaisedUntilTheArrayIsLarger() {
        assertEquals(8, PLAIN.unpaddedBytes(1));
        assertEquals(8, PLAIN.unpaddedBytes(8));
        assertEquals(4, COMPACT.unpaddedBytes(0));
        assertEquals(12, COMPACT.unpaddedBytes(5));
        for (int length = 0; length < 40; length++) {
            assertEquals(COMPACT.bytes(length), COMPACT.bytes(COMPACT.unpaddedBytes(length)));
            assertTrue(COMPACT.bytes(length) < COMPACT.bytes(COMPACT.unpaddedBytes(length) + 1));
        }
    }

    @Test
    void lengthsBeyondAnIntAreFine() {
        assertEquals(16 + 8L * (1L << 40), PLAIN.longs(1L << 40));
        assertEquals(16 + (1L << 40), PLAIN.bytes(1L << 40));
        assertTrue(Layout.ints(1L << 40) > 0);
    }

    /** What the JVM says that a thread has allocated; the least of some trials, as it may do other things meanwhile. */
    private static long allocated(IntFunction<Object> maker) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Object[] kept = new Object[1000];
        long least = Long.MAX_VALUE;
        for (int trial = 0; trial < 20; trial++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < kept.length; i++) {
                kept[i] = maker.apply(i);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return Math.round((double) least / kept.length);
    }

    @Test
    void isWhatThisJvmAllocates() {
        assertEquals(Layout.object(0, 0), allocated(i -> new Object()));
        assertEquals(Layout.object(2, 1), allocated(i -> new TwoReferencesAndABit("first", "second", true)));
        for (int length : new int[] {0, 1, 3, 4, 5, 8, 12, 13, 100, 1001}) {
            assertEquals(Layout.bytes(length), allocated(i -> new byte[length]));
            assertEquals(Layout.ints(length), allocated(i -> new int[length]));
            assertEquals(Layout.longs(length), allocated(i -> new long[length]));
            assertEquals(Layout.references(length), allocated(i -> new Object[length]));
        }
    }

    @Test
    void optionsOfTheJvmAreKnown() {
        assertEquals(isOn("UseCompressedOops"), HotSpotOptions.compressesReferences());
        boolean hasCompactHeaders = Runtime.version().feature() >= 24;
        assertEquals(hasCompactHeaders && isOn("UseCompactObjectHeaders"), HotSpotOptions.compactsHeaders());
    }

    private static boolean isOn(String option) {
        HotSpotDiagnosticMXBean diagnostic = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return Boolean.parseBoolean(diagnostic.getVMOption(option).getValue());
    }
}

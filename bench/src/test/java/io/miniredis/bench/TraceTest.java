package io.miniredis.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TraceTest {

    @Test
    void keysAreNumberedInTheOrderInWhichTheyAppear() {
        Trace trace = Trace.of("some", 7, -3, 7, 9);
        assertArrayEquals(new int[] {0, 1, 0, 2}, keys(trace));
        assertEquals(3, trace.distinct());
    }

    @Test
    void allAreTheSameInEachRun() {
        List<Trace> first = Trace.all(100_000);
        List<Trace> second = Trace.all(100_000);
        assertEquals(10, first.size());
        assertEquals(10, first.stream().map(Trace::name).distinct().count());
        for (int i = 0; i < first.size(); i++) {
            assertArrayEquals(keys(first.get(i)), keys(second.get(i)));
        }
    }

    @Test
    void cacheHoldsFewerThanAllKeys() {
        for (Trace trace : Trace.all(100_000)) {
            assertTrue(trace.cached() > 0 && trace.cached() < trace.distinct(), trace.name());
        }
    }

    @Test
    void skewedTraceAsksForItsFirstKeyTwiceAsOftenAsForItsSecond() {
        Zipf zipf = new Zipf(1, 1000, 42);
        int[] counts = new int[1000];
        for (int i = 0; i < 100_000; i++) {
            counts[zipf.next()]++;
        }
        assertEquals(2, (double) counts[0] / counts[1], 0.1);
        assertEquals(10, (double) counts[0] / counts[9], 1);
    }

    @Test
    void loopIsATenthLargerThanTheCache() {
        Trace loop = Trace.loop(20_000);
        assertEquals(loop.distinct(), loop.cached() * 11 / 10);
        assertEquals(0, new ExactLru(loop).hits(loop.cached()));
    }

    @Test
    void scannedKeysAreNotAskedForAgain() {
        Trace trace = Trace.scans(25_000);
        int[] scanned = Arrays.copyOfRange(keys(trace), 20_000, 25_000);
        assertEquals(5000, Arrays.stream(scanned).distinct().count());
        assertTrue(Arrays.stream(keys(trace), 0, 20_000).allMatch(key -> key < scanned[0]));
    }

    @Test
    void shiftingTraceGoesOnWithOtherKeys() {
        Trace trace = Trace.shifting(60_000);
        int firstOther = trace.key(50_000);
        assertTrue(Arrays.stream(keys(trace), 0, 50_000).allMatch(key -> key < firstOther));
        assertTrue(Arrays.stream(keys(trace), 50_000, 60_000).allMatch(key -> key >= firstOther));
    }

    @Test
    void recordedTraceEndsWhereItDoes() {
        Trace trace = Trace.recorded("web12", 1_000_000);
        assertEquals(95_607, trace.requests());
        assertEquals(13_756, trace.distinct());
        assertEquals(10, Trace.recorded("web12", 10).requests());
    }

    @Test
    void unknownTraceIsAFailure() {
        assertThrows(BenchFailure.class, () -> Trace.recorded("none", 10));
    }

    private static int[] keys(Trace trace) {
        return IntStream.range(0, trace.requests()).map(trace::key).toArray();
    }
}

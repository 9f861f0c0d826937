package demo.tinylfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.eviction.RemovalCause;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TinyLfuEvictorTest {
    private static final int KEYS = 100_000;

    private final TinyLfuEvictor evictor = new TinyLfuEvictor(0);

    @Test
    void ofTwoAsOldTheOneUsedLessRanksHigher() {
        int often = evictor.onInsert(hash(1));
        for (int other = 100; other < 110; other++) {
            evictor.onInsert(hash(other));
            often = evictor.onAccess(hash(1), often);
        }
        int once = evictor.onInsert(hash(2));
        assertTrue(rank(2, once) > rank(1, often));
    }

    @Test
    void ofTwoUsedAsOftenTheOlderRanksHigher() {
        int older = evictor.onInsert(hash(1));
        int newer = evictor.onInsert(hash(2));
        assertTrue(rank(1, older) > rank(2, newer));
    }

    @Test
    void usesThatFollowEachOtherCountOnce() {
        int bits = evictor.onInsert(hash(1));
        long before = rank(1, bits);
        for (int i = 0; i < 100; i++) {
            assertEquals(bits, evictor.onAccess(hash(1), bits));
        }
        assertEquals(before, rank(1, bits));
    }

    @Test
    void aKeyThatIsGoneIsRemembered() {
        int bits = evictor.onInsert(hash(1));
        for (int other = 100; other < 110; other++) {
            evictor.onInsert(hash(other));
            bits = evictor.onAccess(hash(1), bits);
        }
        evictor.onRemove(hash(1), bits, RemovalCause.EVICTED);
        int again = evictor.onInsert(hash(1));
        int unknown = evictor.onInsert(hash(2));
        assertTrue(rank(2, unknown) > rank(1, again));
    }

    @Test
    void aFavouriteThatFallsSilentIsMissedBeforeItsFrequencyIsForgotten() {
        int keys = 1000;
        int[] bits = new int[keys];
        for (int key = 0; key < keys; key++) {
            bits[key] = evictor.onInsert(hash(key));
        }
        int favourite = 0;
        for (int turnover = 0; turnover < 20; turnover++) {
            for (int key = 1; key < keys; key++) {
                bits[key] = evictor.onAccess(hash(key), bits[key]);
                if (turnover < 4 && key % 250 == 0) {
                    bits[favourite] = evictor.onAccess(hash(favourite), bits[favourite]);
                }
            }
            if (turnover == 4) {
                int newcomer = evictor.onInsert(hash(KEYS));
                assertTrue(rank(KEYS, newcomer) > rank(favourite, bits[favourite]), "not missed yet");
            }
        }
        int newcomer = evictor.onInsert(hash(KEYS + 1));
        assertTrue(rank(favourite, bits[favourite]) > rank(KEYS + 1, newcomer), "missed");
    }

    /** A scan of five turnovers, in which favourites are silent: most of them stay, all but a few after one of two. */
    @Test
    void aScanDoesNotFlushWhatIsUsedOften() {
        SampledCache cache = new SampledCache(evictor, 1000, KEYS);
        for (int i = 0; i < 10 * 300; i++) {
            cache.use(i % 300);
        }
        for (int scanned = 300; scanned < 2_300; scanned++) {
            cache.use(scanned);
        }
        long left = IntStream.range(0, 300).filter(cache::holds).count();
        assertTrue(left > 285, left + " of 300 are left");
        for (int scanned = 2_300; scanned < 5_300; scanned++) {
            cache.use(scanned);
        }
        left = IntStream.range(0, 300).filter(cache::holds).count();
        assertTrue(left > 235, left + " of 300 are left");
    }

    @Test
    void whatIsNotWantedAnyMoreMakesRoom() {
        SampledCache cache = new SampledCache(evictor, 1000, KEYS);
        for (int i = 0; i < 20_000; i++) {
            cache.use(i % 900);
        }
        for (int i = 0; i < 20_000; i++) {
            cache.use(1000 + i % 900);
        }
        long here = IntStream.range(1000, 1900).filter(cache::holds).count();
        assertTrue(here > 850, here + " of 900 are here");
    }

    @Test
    void aLoopThatDoesNotFitHitsNevertheless() {
        assertTrue(hitRatio(Trace.loop(5500), 5000) > 0.5);
    }

    @Test
    void skewedUsesHitMoreThanWithLru() {
        Trace trace = Trace.zipf(0.9, KEYS);
        assertTrue(hitRatio(trace, 1000) > 1.15 * ExactLru.replay(trace, 1000));
    }

    @Test
    void scansCostLessThanWithLru() {
        Trace trace = Trace.scans(0.9, KEYS, 20_000, 5000);
        assertTrue(hitRatio(trace, 5000) > 1.1 * ExactLru.replay(trace, 5000));
    }

    /** Recency is all that counts there, and it is half forgotten by a sample of five. */
    @ParameterizedTest
    @ValueSource(ints = {5_000, 20_000, 200_000})
    void keysThatChangeAllTheTimeHitNearlyAsWithLru(int stays) {
        Trace trace = Trace.shifting(0.9, 20_000, stays);
        assertTrue(hitRatio(trace, 2000) > 0.975 * ExactLru.replay(trace, 2000));
    }

    @Test
    void nothingChangesWhenTheClockGoesAround() {
        Trace trace = Trace.zipf(0.9, 10_000);
        double around = new SampledCache(new TinyLfuEvictor(-100_000), 500, trace.distinct).replay(trace);
        assertEquals(hitRatio(trace, 500), around, 0.002);
    }

    @Test
    void keysThatAreFlushedMakeTheClockFineAgain() {
        for (int key = 0; key < KEYS; key++) {
            evictor.onInsert(hash(key));
        }
        evictor.onFlush(KEYS);
        int older = evictor.onInsert(hash(KEYS));
        int newer = evictor.onInsert(hash(KEYS + 1));
        assertTrue(rank(KEYS, older) > rank(KEYS + 1, newer));
    }

    private double hitRatio(Trace trace, int capacity) {
        return new SampledCache(evictor, capacity, trace.distinct).replay(trace);
    }

    private long rank(int key, int bits) {
        return evictor.rank(hash(key), bits, -1);
    }

    private static long hash(int key) {
        return SampledCache.hash(key);
    }
}

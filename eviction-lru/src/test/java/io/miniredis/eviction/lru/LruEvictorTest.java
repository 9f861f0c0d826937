package io.miniredis.eviction.lru;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.eviction.RemovalCause;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LruEvictorTest {
    private long nowMillis = 1_700_000_000_000L;
    private LruEvictor evictor = new LruEvictor(() -> nowMillis, 0);

    @Test
    void theKeyUsedLeastRecentlyRanksHighest() {
        int a = evictor.onInsert(hash(1));
        int b = evictor.onInsert(hash(2));
        int c = evictor.onInsert(hash(3));
        a = evictor.onAccess(hash(1), a);
        assertTrue(rank(b) > rank(c));
        assertTrue(rank(c) > rank(a));
    }

    @Test
    void usingTheSameKeyAgainCostsNoTick() {
        int bits = evictor.onInsert(hash(1));
        for (int i = 0; i < 1_000; i++) {
            assertEquals(bits, evictor.onAccess(hash(1), bits));
        }
    }

    /** Below 2048 keys each use ticks. */
    @ParameterizedTest
    @ValueSource(ints = {2, 100, 1_800})
    void fewKeysAreOrderedExactly(int keys) {
        Uses uses = new Uses(keys);
        uses.random(keys * 10, 0);
        for (int older = 0; older < keys; older++) {
            for (int newer = 0; newer < keys; newer++) {
                if (uses.last[older] < uses.last[newer]) {
                    assertTrue(rank(uses.bits[older]) > rank(uses.bits[newer]));
                }
            }
        }
    }

    /** At full speed no time passes at all; paced, a lot does. */
    @ParameterizedTest
    @CsvSource({"20000, 0", "100000, 0", "20000, 7", "20000, 1000"})
    void manyKeysAreOrderedIfTheirUsesAreNotNextToEachOther(int keys, int millisBetweenUses) {
        Uses uses = new Uses(keys);
        uses.random(keys * 3, millisBetweenUses);
        Random random = new Random(3);
        for (int i = 0; i < 200_000; i++) {
            int older = random.nextInt(keys);
            int newer = random.nextInt(keys);
            if (uses.last[older] < uses.last[newer] - keys / 100) {
                assertTrue(rank(uses.bits[older]) > rank(uses.bits[newer]));
            }
        }
    }

    @Test
    void orderSurvivesTheClockGoingAround() {
        evictor = new LruEvictor(() -> nowMillis, -500);
        Uses uses = new Uses(100);
        uses.random(1_000, 0);
        for (int older = 0; older < 100; older++) {
            for (int newer = 0; newer < 100; newer++) {
                assertEquals(uses.last[older] < uses.last[newer], rank(uses.bits[older]) > rank(uses.bits[newer]));
            }
        }
    }

    @Test
    void theClockIsAsFineAgainWhenMostKeysAreGone() {
        Uses uses = new Uses(100_000);
        for (int key = 100; key < 100_000; key++) {
            evictor.onRemove(hash(key), uses.bits[key], RemovalCause.DELETED);
        }
        int a = evictor.onAccess(hash(1), uses.bits[1]);
        int b = evictor.onAccess(hash(2), uses.bits[2]);
        assertTrue(rank(a) > rank(b));
    }

    @Test
    void theClockIsAsFineAgainAfterAFlush() {
        new Uses(100_000);
        evictor.onFlush(100_000);
        Uses uses = new Uses(2);
        assertTrue(rank(uses.bits[0]) > rank(uses.bits[1]));
    }

    @Test
    void idleTimeIsThatSinceTheLastUse() {
        int idle = evictor.onInsert(hash(1));
        assertEquals(0, evictor.idleMillis(idle));
        nowMillis += 10_000;
        int fresh = evictor.onInsert(hash(2));
        assertEquals(10_000, evictor.idleMillis(idle));
        assertEquals(0, evictor.idleMillis(fresh));
        nowMillis += 86_400_000;
        assertEquals(86_410_000, evictor.idleMillis(idle));
        idle = evictor.onAccess(hash(1), idle);
        assertEquals(0, evictor.idleMillis(idle));
    }

    /** Not even when there is nobody else whose use would move the clock. */
    @Test
    void aKeyThatIsUsedAllTheTimeIsNotIdle() {
        Uses uses = new Uses(100_000);
        int bits = uses.bits[5];
        for (int i = 0; i < 100; i++) {
            nowMillis += 99;
            bits = evictor.onAccess(hash(5), bits);
            assertTrue(evictor.idleMillis(bits) < 100);
        }
    }

    /** Ten thousand uses a second for half an hour, among few keys: far more ticks than are remembered one by one. */
    @Test
    void longIdleTimesAreRightWhateverTheRate() {
        int idle = evictor.onInsert(hash(1));
        int[] others = {evictor.onInsert(hash(2)), evictor.onInsert(hash(3))};
        long since = nowMillis;
        for (int i = 0; i < 20_000_000; i++) {
            others[i & 1] = evictor.onAccess(hash(2 + (i & 1)), others[i & 1]);
            nowMillis += i % 10 == 0 ? 1 : 0;
            if (i % 1_000_003 == 0 && i > 0) {
                long error = evictor.idleMillis(idle) - (nowMillis - since);
                assertTrue(Math.abs(error) <= 2 + (nowMillis - since) / 100, "wrong by " + error);
            }
        }
    }

    @Test
    void aWallClockThatIsSetBackMakesNoNegativeIdleTime() {
        int bits = evictor.onInsert(hash(1));
        nowMillis -= 3_600_000;
        assertEquals(0, evictor.idleMillis(bits));
        int other = evictor.onInsert(hash(2));
        nowMillis += 5_000;
        assertEquals(5_000, evictor.idleMillis(other));
    }

    /**
     * A cache of which each victim is the highest ranked of ten keys drawn at random, beside one that draws the same
     * keys but knows the exact order of uses.
     */
    @ParameterizedTest
    @CsvSource({"300, 0", "5000, 0", "50000, 0", "5000, 3"})
    void hitsAreThoseOfAnExactOrder(int capacity, int millisBetweenUses) {
        Cache exact = new Cache(capacity, true);
        Cache ours = new Cache(capacity, false);
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < capacity * 40; i++) {
            // Skewed: low numbers are drawn most.
            double draw = random.nextDouble();
            int key = (int) (capacity * 10 * draw * draw * draw);
            exact.use(key, i);
            ours.use(key, i);
            nowMillis += millisBetweenUses;
        }
        double ratio = (double) ours.hits / exact.hits;
        assertTrue(ratio > 0.998, ours.hits + " hits instead of " + exact.hits);
    }

    private long rank(int bits) {
        return evictor.rank(0, bits, -1);
    }

    /** As good a hash of a number as the engine's of a name. */
    private static long hash(long key) {
        long z = (key + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Keys, and when each was used last. */
    private final class Uses {
        final int[] bits;
        final int[] last;

        Uses(int keys) {
            bits = new int[keys];
            last = new int[keys];
            for (int key = 0; key < keys; key++) {
                bits[key] = evictor.onInsert(hash(key));
                last[key] = key;
            }
        }

        void random(int uses, int millisBetween) {
            Random random = new Random(7);
            for (int i = 0; i < uses; i++) {
                int key = random.nextInt(last.length);
                bits[key] = evictor.onAccess(hash(key), bits[key]);
                last[key] = last.length + i;
                nowMillis += millisBetween;
            }
        }
    }

    /** Slots with keys; a key's slot is looked up in an array. */
    private final class Cache {
        private final boolean exact;
        private final int[] keys;
        private final int[] bits;
        private final int[] slotOf;
        private final SplittableRandom random = new SplittableRandom(5);
        private int size;
        int hits;

        Cache(int capacity, boolean exact) {
            this.exact = exact;
            keys = new int[capacity];
            bits = new int[capacity];
            slotOf = new int[capacity * 10];
        }

        void use(int key, int time) {
            int slot = slotOf[key] - 1;
            if (slot >= 0) {
                hits++;
                bits[slot] = exact ? time : evictor.onAccess(hash(key), bits[slot]);
                return;
            }
            int free = size < keys.length ? size++ : evict();
            keys[free] = key;
            bits[free] = exact ? time : evictor.onInsert(hash(key));
            slotOf[key] = free + 1;
        }

        private int evict() {
            int victim = random.nextInt(size);
            for (int i = 1; i < 10; i++) {
                int other = random.nextInt(size);
                boolean older = exact ? bits[other] < bits[victim] : rank(bits[other]) > rank(bits[victim]);
                victim = older ? other : victim;
            }
            if (!exact) {
                evictor.onRemove(hash(keys[victim]), bits[victim], RemovalCause.EVICTED);
            }
            slotOf[keys[victim]] = 0;
            return victim;
        }
    }
}

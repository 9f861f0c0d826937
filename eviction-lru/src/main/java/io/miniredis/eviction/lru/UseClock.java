package io.miniredis.eviction.lru;

import io.miniredis.api.eviction.EvictionSetup;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A clock that is moved on by those who read it, goes around after 2^32 ticks, and knows when it ticked: exactly for
 * the last {@value #KEPT} ticks, and in steps of 2^12 and 2^24 ticks before that.
 *
 * <p>Used by many threads at once. Two that tick at the same time tick once.
 */
final class UseClock {
    /** The time between two ticks, if anything happens at all. */
    private static final int MAX_TICK_MILLIS = 100;

    private static final int STEP_BITS = 12;
    private static final int KEPT = 1 << STEP_BITS;
    private static final int LEVELS = 3;

    private final EvictionSetup time;
    private final AtomicInteger ticks;

    /** For each level, when the last ticks began that are multiples of its step; what began at tick t is at t / step. */
    private final AtomicLongArray[] began = new AtomicLongArray[LEVELS];

    UseClock(EvictionSetup time, int firstTick) {
        this.time = time;
        ticks = new AtomicInteger(firstTick);
        long now = time.nowMillis();
        for (int level = 0; level < LEVELS; level++) {
            began[level] = new AtomicLongArray(KEPT);
            for (int i = 0; i < KEPT; i++) {
                began[level].set(i, now);
            }
        }
    }

    int now() {
        return ticks.get();
    }

    /** Whether the current tick has lasted long enough; also if the wall clock was set. */
    boolean isOverdue() {
        return Math.abs(time.nowMillis() - began(0, ticks.get())) >= MAX_TICK_MILLIS;
    }

    /** Moves on from a reading, unless somebody else has. Returns the new reading. */
    int tick(int from) {
        int next = from + 1;
        long now = time.nowMillis();
        // Remembered first, so that whoever reads the new tick finds when it began. A thread that is held up here may
        // later spoil what another tick remembered; an idle time is then wrong, the order of uses is not.
        for (int level = 0; level < LEVELS && (next & (step(level) - 1)) == 0; level++) {
            began[level].set(index(level, next), now);
        }
        ticks.compareAndSet(from, next);
        return ticks.get();
    }

    /** How many ticks there are from one that a level remembers to the next. */
    private static int step(int level) {
        return 1 << (level * STEP_BITS);
    }

    private static int index(int level, int tick) {
        return (tick >>> (level * STEP_BITS)) & (KEPT - 1);
    }

    private long began(int level, int tick) {
        return began[level].get(index(level, tick));
    }

    /** How long ago a tick began. */
    long millisSince(int tick) {
        long age = Integer.toUnsignedLong(ticks.get() - tick);
        int level = 0;
        while (level < LEVELS - 1 && age >= (KEPT - 1L) * step(level)) {
            level++;
        }
        return Math.max(0, time.nowMillis() - interpolated(level, tick, age));
    }

    /** When a tick began, if those of its step were of equal length. */
    private long interpolated(int level, int tick, long age) {
        int step = step(level);
        long from = began(level, tick);
        long to = age >= step ? began(level, tick + step) : time.nowMillis();
        return from + (to - from) * (tick & (step - 1)) / step;
    }
}

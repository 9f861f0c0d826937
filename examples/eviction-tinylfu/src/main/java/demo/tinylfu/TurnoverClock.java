package demo.tinylfu;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A clock that counts uses of keys in steps fitting the cache: while as many keys are used as there are, it ticks {@value
 * #MIN_TICKS} to {@code 2 * MIN_TICKS} times, or at each use if there are fewer keys. It goes around after 2^32 ticks.
 *
 * <p>Used by many threads at once, none of which counts. Each use draws whether it is the one that ticks.
 */
final class TurnoverClock {
    private static final int MIN_TICKS = 1024;

    /** Of a cache that is all but empty nothing can be said. */
    private static final int MIN_TURNOVER = 64;

    private final AtomicInteger ticks;

    /** One use in so many ticks, less one; a power of two, less one. */
    private volatile int usesPerTickMask;

    private volatile int ticksPerTurnover = MIN_TURNOVER;

    TurnoverClock(int firstTick) {
        ticks = new AtomicInteger(firstTick);
    }

    int now() {
        return ticks.get();
    }

    /** How many ticks ago a reading was taken. */
    long since(int reading) {
        return Integer.toUnsignedLong(ticks.get() - reading);
    }

    /** The ticks in which as many keys are used as there are, or {@value #MIN_TURNOVER}. */
    int ticksPerTurnover() {
        return ticksPerTurnover;
    }

    /** Sets how fast the clock goes. */
    void adjust(long keys) {
        long usesPerTick = Math.max(1, Long.highestOneBit(keys / MIN_TICKS));
        usesPerTickMask = (int) (usesPerTick - 1);
        ticksPerTurnover = (int) Math.max(MIN_TURNOVER, keys / usesPerTick);
    }

    /**
     * Moves the clock on from a reading, if the use of a key is one that does.
     *
     * @return true for one thread only
     */
    boolean tick(long keyHash, int reading) {
        return (draw(keyHash, reading) & usesPerTickMask) == 0 && ticks.compareAndSet(reading, reading + 1);
    }

    /** Bits that are as good as random, but the same for the same key at the same time. */
    private static int draw(long keyHash, int reading) {
        long mixed = (keyHash ^ reading * 0x9E3779B97F4A7C15L) * 0xD1342543DE82EF95L;
        return (int) (mixed >>> 32);
    }
}

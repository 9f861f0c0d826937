package io.miniredis.eviction.lfu;

import io.miniredis.api.eviction.EvictionSetup;
import io.miniredis.api.eviction.Evictor;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Keeps with each key a counter of its uses and the time of its last one, and ranks keys by what is left of the counter, those of which as
 * much is left by their age.
 *
 * <pre>
 *   bits  31                       16 15            8 7            0
 *        +---------------------------+---------------+--------------+
 *        |  minute of the last use   |  256th of it  |   counter    |
 *        +---------------------------+---------------+--------------+
 * </pre>
 */
final class LfuEvictor implements Evictor {
    /*
     * The counter is that of Morris (1978): it grows with the logarithm of the uses. At c over its first value a use makes it grow by one
     * with the chance 1 / (c * lfu-log-factor + 1), so 255 stands for a million uses with the factor 10. A new key starts at 5: at 0 it would
     * be evicted before it could be used again.
     *
     * For every lfu-decay-time minutes without a use the counter is one less. That is computed whenever the counter is looked at, and kept
     * only at a use.
     *
     * Most keys of a cache are used once or twice, so most of those that are compared have the same counter. Of these the one goes whose last
     * use is longest ago. A 256th of a minute, 234 ms, is what the bits have left to tell that by.
     *
     * Minutes go around after 45 days; a key that was not used for longer looks younger than it is. Threads read the time at
     * the begin of a run of commands, so one may still be in the minute before that in which another has used a key, and a wall clock can be
     * set back. So the last hour of these 45 days counts as none: it would empty the counter of a key that is in use.
     */

    static final int FIRST_COUNT = 5;
    static final int MAX_COUNT = 255;
    private static final int COUNT_BITS = 8;
    private static final int TICK_BITS = 8;
    private static final int MINUTE_BITS = 16;
    private static final int MINUTES_MASK = (1 << MINUTE_BITS) - 1;
    private static final int TICKS_MASK = (1 << (MINUTE_BITS + TICK_BITS)) - 1;
    private static final int MAX_MINUTES_BACK = 60;
    private static final int MILLIS_PER_MINUTE = 60_000;

    private final EvictionSetup time;
    private final LongSupplier logFactor;
    private final LongSupplier decayMinutes;

    /** From 0 to below 1; asked by many threads. */
    private final DoubleSupplier chance;

    LfuEvictor(EvictionSetup setup, DoubleSupplier chance) {
        time = setup;
        logFactor = setup.number("lfu-log-factor", 10);
        decayMinutes = setup.number("lfu-decay-time", 1);
        this.chance = chance;
    }

    @Override
    public int onInsert(long keyHash) {
        return bits(FIRST_COUNT, now());
    }

    @Override
    public int onAccess(long keyHash, int bits) {
        int now = now();
        return bits(increased(decayed(bits, now)), now);
    }

    @Override
    public long rank(long keyHash, int bits, long expiresAtMillis) {
        int now = now();
        int ticks = since(bits >>> COUNT_BITS, now, TICKS_MASK, MAX_MINUTES_BACK << TICK_BITS);
        return (long) (MAX_COUNT - decayed(bits, now)) << (MINUTE_BITS + TICK_BITS) | ticks;
    }

    @Override
    public int frequency(int bits) {
        return decayed(bits, now());
    }

    @Override
    public int withFrequency(int bits, int frequency) {
        return bits(frequency, now());
    }

    private static int bits(int count, int time) {
        return time << COUNT_BITS | count;
    }

    /** What is left of a counter by now. */
    private int decayed(int bits, int now) {
        int count = bits & MAX_COUNT;
        int minutes = since(bits >>> (COUNT_BITS + TICK_BITS), now >>> TICK_BITS, MINUTES_MASK, MAX_MINUTES_BACK);
        if (minutes == 0) {
            return count;
        }
        long period = decayMinutes.getAsLong();
        return period == 0 ? count : (int) Math.max(0, count - minutes / period);
    }

    /** From one reading of a clock to another; none if the clock was set back in between, but by no more than so much. */
    private static int since(int reading, int now, int mask, int maxBack) {
        int passed = (now - reading) & mask;
        return passed > mask - maxBack ? 0 : passed;
    }

    private int increased(int count) {
        if (count == MAX_COUNT) {
            return count;
        }
        double usesPerCount = (double) Math.max(0, count - FIRST_COUNT) * logFactor.getAsLong() + 1;
        return chance.getAsDouble() * usesPerCount < 1 ? count + 1 : count;
    }

    private int now() {
        return (int) ((time.nowMillis() << TICK_BITS) / MILLIS_PER_MINUTE) & TICKS_MASK;
    }
}

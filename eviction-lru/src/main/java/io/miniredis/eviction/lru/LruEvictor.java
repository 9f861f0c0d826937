package io.miniredis.eviction.lru;

import io.miniredis.api.eviction.EvictionSetup;
import io.miniredis.api.eviction.Evictor;
import io.miniredis.api.eviction.RemovalCause;
import java.util.concurrent.atomic.LongAdder;

/** Keeps with each key the reading of a {@link UseClock} at its last use, and ranks keys by how far the clock went since. */
final class LruEvictor implements Evictor {
    /*
     * A key has 32 bits, and the question is what to count in them. Seconds order nothing when a whole cache turns over
     * within one, and milliseconds little: at a million accesses a second a thousand keys share each. Accesses order
     * everything, but 32 bits of them last an hour at that rate, and a counter that all threads advance at every access
     * is the one thing that they would all wait for.
     *
     * What the order needs is neither. The key to evict is as old as the cache is large, so a clock is fine enough if
     * it ticks a thousand times while as many keys are used as there are. That is how this one is set: it ticks once
     * for each 1/1024 of the number of keys. Then
     *
     *  - two keys are ordered rightly unless their last uses are within a thousandth of the cache of each other, at a
     *    million uses a second as at one in ten minutes; and exactly, when there are fewer than 2048 keys;
     *  - a key used again within the same tick changes nothing, so the keys that are used most cost least;
     *  - the clock goes around after four million times as many uses as there are keys. A key that is still there by
     *    then has escaped every sample until then, and will be taken for a young one once more;
     *  - nobody counts uses. Each use that would change a key's reading draws, from the key's hash and the clock,
     *    whether it is the one that ticks.
     *
     * Replayed traces of web and database traffic hit within a thousandth of what they hit with exact stamps and the
     * same samples; a clock of milliseconds loses up to 6 in 100 hits at full speed where a cache is small.
     *
     * OBJECT IDLETIME wants milliseconds. So the clock also ticks when a tenth of a second has passed, if anything is
     * used at all, and remembers when it ticked.
     */

    private static final int TICKS_PER_TURNOVER = 1024;

    /** Of so many keys one, chosen by its hash, has the clock set anew when it comes or goes. */
    private static final int KEYS_PER_ADJUSTMENT = 64;

    private final UseClock clock;
    private final LongAdder keys = new LongAdder();

    /** One use in so many ticks, less one; a power of two, less one. */
    private volatile int usesPerTickMask;

    LruEvictor(EvictionSetup setup, int firstTick) {
        clock = new UseClock(setup, firstTick);
    }

    @Override
    public int onInsert(long keyHash) {
        keys.increment();
        adjustSometimes(keyHash);
        return use(keyHash, clock.now());
    }

    @Override
    public int onAccess(long keyHash, int bits) {
        int now = clock.now();
        if (bits == now && !clock.isOverdue()) {
            return bits;
        }
        return use(keyHash, now);
    }

    private int use(long keyHash, int now) {
        boolean ticks = (draw(keyHash, now) & usesPerTickMask) == 0 || clock.isOverdue();
        return ticks ? clock.tick(now) : now;
    }

    @Override
    public void onRemove(long keyHash, int bits, RemovalCause cause) {
        keys.decrement();
        adjustSometimes(keyHash);
    }

    @Override
    public void onFlush(long flushed) {
        keys.add(-flushed);
        adjust();
    }

    private void adjustSometimes(long keyHash) {
        if ((keyHash & (KEYS_PER_ADJUSTMENT - 1)) == 0) {
            adjust();
        }
    }

    private void adjust() {
        int usesPerTick = (int) Math.max(1, keys.sum() / TICKS_PER_TURNOVER);
        int mask = Integer.highestOneBit(usesPerTick) - 1;
        if (mask != usesPerTickMask) {
            usesPerTickMask = mask;
        }
    }

    /** Bits that are as good as random, but the same for the same key at the same time. */
    private static int draw(long keyHash, int now) {
        long mixed = (keyHash ^ now * 0x9E3779B97F4A7C15L) * 0xD1342543DE82EF95L;
        return (int) (mixed >>> 32);
    }

    @Override
    public long rank(long keyHash, int bits, long expiresAtMillis) {
        return Integer.toUnsignedLong(clock.now() - bits);
    }

    @Override
    public long idleMillis(int bits) {
        return clock.millisSince(bits);
    }
}

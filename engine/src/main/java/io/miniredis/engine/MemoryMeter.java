package io.miniredis.engine;

import java.util.concurrent.atomic.LongAdder;

/**
 * A running total of bytes, to which several tables add, and which is part of a sum over all shards. Guarded by the lock of the shard
 * that it belongs to.
 */
final class MemoryMeter {
    private final LongAdder sum;
    private long bytes;

    /** What of the sum is of this meter: what it showed when that was last said. */
    private long published;

    /**
     * A meter that shows nothing yet.
     *
     * @param sum gets what it shows
     */
    MemoryMeter(LongAdder sum) {
        this.sum = sum;
    }

    void add(long more) {
        bytes += more;
    }

    long bytes() {
        return bytes;
    }

    /** Lets others see what it shows, by way of the sum. */
    void publish() {
        long change = bytes - published;
        if (change != 0) {
            published += change;
            sum.add(change);
        }
    }
}

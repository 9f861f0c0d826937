package io.miniredis.engine;

import java.util.concurrent.atomic.LongAdder;

/**
 * How many keys the tables of one database hold together, in all shards. Written by who holds the lock of a table's shard, read without
 * any, so a moment old for tables that others work on.
 */
final class KeyCounts {
    private final LongAdder keys = new LongAdder();
    private final LongAdder volatiles = new LongAdder();

    void addKeys(long more) {
        keys.add(more);
    }

    void addVolatiles(long more) {
        volatiles.add(more);
    }

    long keys() {
        return sum(keys);
    }

    /** Those that have an expiry. */
    long volatiles() {
        return sum(volatiles);
    }

    /** A key that comes and goes meanwhile may be missed when it comes and counted when it goes. */
    private static long sum(LongAdder adder) {
        return Math.max(0, adder.sum());
    }
}

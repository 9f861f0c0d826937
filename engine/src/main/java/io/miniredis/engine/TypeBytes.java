package io.miniredis.engine;

import java.util.Arrays;

/** What the values of plugins' types occupy in one table, with their keys, type by type. Guarded by the lock of the table's shard. */
final class TypeBytes {
    private final Types types;

    /** By the number of the type. */
    private long[] bytes = {};

    TypeBytes(Types types) {
        this.types = types;
    }

    /** Accounts for something in a slot that came, went, or changed its weight. */
    void add(Object occupant, long more) {
        int number = types.counted(occupant);
        if (number >= 0) {
            if (number >= bytes.length) {
                bytes = Arrays.copyOf(bytes, number + 1);
            }
            bytes[number] += more;
        }
    }

    long of(int number) {
        return number < bytes.length ? bytes[number] : 0;
    }

    void clear() {
        Arrays.fill(bytes, 0);
    }
}

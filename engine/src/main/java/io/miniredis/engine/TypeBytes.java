package io.miniredis.engine;

import java.util.HashMap;
import java.util.Map;

/**
 * What the values of plugins' types occupy in one table, with their keys, by the name of the type; that of a value which is parked counts
 * too. Guarded by the lock of the table's shard.
 */
final class TypeBytes {
    private final Map<String, long[]> bytes = new HashMap<>();

    void add(String type, long more) {
        bytes.computeIfAbsent(type, name -> new long[1])[0] += more;
    }

    long of(String type) {
        long[] found = bytes.get(type);
        return found == null ? 0 : found[0];
    }
}

package io.miniredis.engine;

import io.miniredis.api.Layout;
import io.miniredis.api.Slice;
import io.miniredis.api.ValueType;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Adds up from scratch what a {@link KeyTable} keeps running totals of. */
final class Weighing {

    private Weighing() {}

    static long measure(Databases databases) {
        long bytes = KeyTable.sharedBytes();
        for (int shard = 0; shard < databases.shards(); shard++) {
            for (KeyTable table : databases.shard(shard).tables()) {
                bytes += measure(table);
            }
        }
        return bytes;
    }

    static long measure(KeyTable table) {
        if (table.directory == KeyTable.NO_KEYS) {
            return 0; // shared by all that have no keys
        }
        long[] bytes = {Layout.references(table.directory.length)};
        Set<Segment> segments = Collections.newSetFromMap(new IdentityHashMap<>());
        segments.addAll(Arrays.asList(table.directory));
        segments.forEach(segment -> bytes[0] += segment.memoryBytes());
        table.forEach((segment, slot) -> bytes[0] += weigh(segment, slot));
        return bytes[0];
    }

    static long weigh(Segment segment, int slot) {
        Entry entry = segment.entry(slot);
        if (entry == null) {
            return ((Packed) segment.occupant(slot, new Packed())).memoryBytes();
        }
        return Layout.object(3, 8) + Layout.bytes(entry.key.length) + weighValue(entry);
    }

    private static long weighValue(Entry entry) {
        if (entry.value instanceof LargeBytes bytes) {
            return Layout.bytes(bytes.show(new Slice()).array().length) + Layout.object(1, 9);
        }
        @SuppressWarnings("unchecked")
        ValueType<Object> type = (ValueType<Object>) entry.type;
        return type.memoryBytes(entry.value);
    }
}

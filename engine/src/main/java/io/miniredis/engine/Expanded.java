package io.miniredis.engine;

import io.miniredis.api.CompactType;

/** A value that is packed, made an object for as long as commands may change it. */
final class Expanded {
    final KeyTable table;
    final CompactType<Object> type;
    final Object value;

    /** Where it is packed. */
    int place;

    Expanded(KeyTable table, int place, CompactType<Object> type, Object value) {
        this.table = table;
        this.place = place;
        this.type = type;
        this.value = value;
    }
}

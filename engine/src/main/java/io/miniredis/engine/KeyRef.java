package io.miniredis.engine;

import io.miniredis.api.Key;
import io.miniredis.api.Slice;

/** A key of the running command, and where it was found. Reused from command to command; confined to its worker. */
final class KeyRef implements Key {
    private final Slice name = new Slice();
    /** Points at the value when it is bytes. */
    final Slice bytes = new Slice();

    /** Which command of the worker the key belongs to; any other may not use it. */
    long command;

    int argument;
    boolean readOnly;
    long hash;
    int tag;
    int shard;
    /** Which database the key is in; the selected one, but for commands that reach over. */
    int database;

    /** Whether the fields below say where the key is; they hold while the table's structure is the same. */
    boolean located;

    KeyTable table;
    int structure;
    Segment segment;
    /** -1 if there is no such key. */
    int slot;

    /** Handed out for change, so to be weighed again; null if not. */
    Entry changing;

    boolean modified;

    @Override
    public Slice name() {
        return name;
    }

    boolean isThere() {
        return slot >= 0;
    }

    Object occupant() {
        return segment.slots[slot];
    }
}

package io.miniredis.engine;

import io.miniredis.api.Key;
import io.miniredis.api.KeyspaceEvent;
import io.miniredis.api.Slice;

/** A key of the running command, and where it was found. Reused from command to command; confined to its worker. */
final class KeyRef implements Key {
    /** The key counts as changed. */
    static final int MODIFIED = 1;

    // What listeners have not been told yet.

    /** The value changed. */
    static final int CHANGED = 1 << 1;

    /** The value was created to be filled, and goes without a word if that does not happen. */
    static final int CREATED = 1 << 2;

    static final int DELETED = 1 << 3;

    /** The key was given a time to expire at. */
    static final int EXPIRES = 1 << 4;

    /** The key no longer expires. */
    static final int PERSISTS = 1 << 5;

    /** The handler has said what it did. */
    static final int NAMED = 1 << 6;

    private final Slice name = new Slice();

    /** Shows what the key holds if that is packed. */
    private final Packed packed = new Packed();

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

    /** Whether the policy knows that the running command uses the key: however often it looks at it, that is one use. */
    boolean used;

    /** Handed out for change, so to be weighed again or packed again: an {@link Entry} or {@link Expanded}; null if there is none. */
    Object changing;

    /** What the running command has done to the key: any of the bits below. */
    int changes;

    /** By what the key held before it was deleted; for events. */
    KeyspaceEvent.Type deletedType;

    @Override
    public Slice name() {
        return name;
    }

    boolean isThere() {
        return slot >= 0;
    }

    /** What the key holds: an {@link Entry}, or a view that shows it until the next call. */
    Object occupant() {
        return segment.occupant(slot, packed);
    }
}

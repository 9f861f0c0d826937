package io.miniredis.engine;

import io.miniredis.api.Slice;
import java.util.Arrays;

/** A key of a database, as a key of maps: who waits for it, who observes it. Immutable. */
final class DatabaseKey {
    /** The number of no database. */
    private static final int ANY = -1;

    private final int database;
    private final long hash;
    private final byte[] name;

    DatabaseKey(int database, long hash, Slice name) {
        this.database = database;
        this.hash = hash;
        this.name = name.copy();
    }

    static DatabaseKey of(KeyRef ref) {
        return new DatabaseKey(ref.database, ref.hash, ref.name());
    }

    Slice name() {
        return new Slice(name);
    }

    /** The keys of a name, in whatever database they are. */
    static DatabaseKey anywhere(long hash, Slice name) {
        return new DatabaseKey(ANY, hash, name);
    }

    boolean isAnywhere() {
        return database == ANY;
    }

    /** Not to be changed. */
    byte[] bytes() {
        return name;
    }

    int database() {
        return database;
    }

    long hash() {
        return hash;
    }

    int tag() {
        return KeyHash.tag(hash);
    }

    /** Where the key is in the segment that it belongs to; -1 if it is not there. */
    int slotIn(Segment segment) {
        return segment.find(tag(), name, 0, name.length);
    }

    /** Whether a key of a running command is this one. */
    boolean is(KeyRef ref) {
        return ref.hash == hash && ref.database == database && ref.name().contentEquals(new Slice(name));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DatabaseKey key
                && key.hash == hash
                && key.database == database
                && Arrays.equals(key.name, name);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash) + database;
    }
}

package io.miniredis.engine;

import io.miniredis.api.Layout;
import io.miniredis.api.Slice;
import java.util.Arrays;

/**
 * A small hash table with linear probing: all keys of one table whose tags begin with the same {@code depth} bits. Tags lie in
 * one array and are compared before any key is touched. Expiry times and a policy's bits are columns beside them that exist
 * only when some key of the segment needs them.
 *
 * <p>A key's home slot is given by the bits of its tag after the prefix, so that slots are in the order of tags: splitting a
 * segment keeps that order, and an iteration over tags sees each key once whatever was split or merged meanwhile.
 */
final class Segment {
    static final int MIN_CAPACITY = 8;
    static final int MAX_CAPACITY = 1024;
    /** So far from its beginning an entry goes on, if it is not very small, mostly in another line of the cache. */
    private static final int FURTHER_BYTES = 48;

    /** What a slot occupies besides what lies in it. */
    static final long SLOT_BYTES = 2L * Integer.BYTES;

    private static final long SHALLOW_BYTES = Layout.object(6, 28);

    /** How many leading bits of the tag all keys here share. */
    final int depth;

    private final int mask;
    private final int homeShift;

    /** 0 marks an empty slot. */
    final int[] tags;

    /** Where what is {@link Packed} lies among the slabs; {@link Slabs#NOWHERE} if an {@link Entry} is here, or nothing. */
    private final int[] places;

    /** Null while there is none in this segment. */
    private Entry[] entries;

    /** Where the places are; null if the table has had no key yet. */
    private final Slabs slabs;

    /** Milliseconds since the epoch, -1 for none; null while no key here has an expiry. */
    private long[] expiries;

    /** A policy's bits; null while no policy wants them. */
    private int[] bits;

    private int size;
    private int volatiles;

    /** No key here expires before this. A lower bound: removals do not raise it. */
    private long earliest = Long.MAX_VALUE;

    Segment(int depth, int capacity, Slabs slabs) {
        this(depth, slabs, new int[capacity], new int[capacity]);
    }

    private Segment(int depth, Slabs slabs, int[] tags, int[] places) {
        this.depth = depth;
        this.slabs = slabs;
        mask = tags.length - 1;
        homeShift = Integer.SIZE - Integer.numberOfTrailingZeros(tags.length);
        this.tags = tags;
        this.places = places;
    }

    /** The same with a prefix of another length, before its keys are where they belong. */
    private Segment(Segment same, int depth) {
        this.depth = depth;
        mask = same.mask;
        homeShift = same.homeShift;
        tags = same.tags;
        places = same.places;
        entries = same.entries;
        slabs = same.slabs;
        expiries = same.expiries;
        bits = same.bits;
        size = same.size;
        volatiles = same.volatiles;
        earliest = same.earliest;
    }

    /** An empty one in the arrays of this one, which must not be used any more. */
    Segment emptied(int newDepth, Slabs newSlabs) {
        Arrays.fill(tags, 0);
        Arrays.fill(places, Slabs.NOWHERE);
        return new Segment(newDepth, newSlabs, tags, places);
    }

    int capacity() {
        return tags.length;
    }

    int size() {
        return size;
    }

    int volatiles() {
        return volatiles;
    }

    boolean isFull() {
        return size >= tags.length - tags.length * 3 / 16;
    }

    boolean isSparse() {
        return size < tags.length / 8;
    }

    /** Hardly anything is left here. */
    boolean isNearlyEmpty() {
        return size < tags.length / 32;
    }

    /** Whether all of so many keys would fit in here, and no more than half of the slots be taken. */
    boolean isRoomyFor(int keys) {
        return keys <= tags.length / 2 && tags.length <= MAX_CAPACITY;
    }

    long earliest() {
        return earliest;
    }

    long memoryBytes() {
        return SHALLOW_BYTES
                + Layout.ints(tags.length)
                + Layout.ints(places.length)
                + (entries == null ? 0 : Layout.references(entries.length))
                + (expiries == null ? 0 : Layout.longs(expiries.length))
                + (bits == null ? 0 : Layout.ints(bits.length));
    }

    int home(int tag) {
        return (tag << depth) >>> homeShift;
    }

    int next(int slot) {
        return (slot + 1) & mask;
    }

    /** The slot of a key, or -1. */
    int find(int tag, byte[] array, int offset, int length) {
        int slot = home(tag);
        while (true) {
            int candidate = tags[slot];
            if (candidate == tag && hasKey(slot, array, offset, length)) {
                return slot;
            }
            if (candidate == 0) {
                return -1;
            }
            slot = next(slot);
        }
    }

    /** The slot of the first key with a tag, or -1. Nearly always there is but one. */
    int findTag(int tag) {
        int slot = home(tag);
        while (tags[slot] != tag) {
            if (tags[slot] == 0) {
                return -1;
            }
            slot = next(slot);
        }
        return slot;
    }

    /** Reads what a search for this tag reads first. Returns something that depends on it. Needs no lock. */
    int touchTag(int tag) {
        int slot = home(tag);
        return tags[slot] + places[slot];
    }

    /**
     * Reads the key and the value that a search for this tag would look at. Returns something that depends on them. Needs no lock:
     * if others change the segment meanwhile it may read something else, and looks into each slot once at most.
     */
    int touchKey(int tag) {
        int slot = home(tag);
        for (int left = mask; left > 0 && tags[slot] != tag && tags[slot] != 0; left--) {
            slot = next(slot);
        }
        int place = places[slot];
        byte[] array = place == Slabs.NOWHERE ? null : slabs.arrayUnlocked(place);
        return array == null ? 0 : touch(array, Slabs.offset(place));
    }

    /** Reads the first byte of an entry, and another one. */
    private static int touch(byte[] array, int at) {
        return at < array.length ? array[at] + array[Math.min(at + FURTHER_BYTES, array.length - 1)] : 0;
    }

    private boolean hasKey(int slot, byte[] array, int offset, int length) {
        int place = places[slot];
        if (place != Slabs.NOWHERE) {
            return Packed.hasKey(slabs.array(place), Slabs.offset(place), array, offset, length);
        }
        byte[] key = entries[slot].key;
        return Arrays.equals(key, 0, key.length, array, offset, offset + length);
    }

    /** What is in a slot that has a key: an {@link Entry}, or the view, which shows it. */
    Object occupant(int slot, Packed view) {
        int place = places[slot];
        return place == Slabs.NOWHERE ? entries[slot] : view.show(slabs, place);
    }

    /** Whether there may be any {@link Entry}. */
    boolean hasEntries() {
        return entries != null;
    }

    /** The entry in a slot; null if what is there is packed. */
    Entry entry(int slot) {
        return entries == null ? null : entries[slot];
    }

    /** Points a slice at the key in a slot. */
    Slice key(int slot, Slice target) {
        int place = places[slot];
        if (place != Slabs.NOWHERE) {
            return Packed.key(slabs.array(place), Slabs.offset(place), target);
        }
        byte[] key = entries[slot].key;
        return target.wrap(key, 0, key.length);
    }

    static long memoryBytes(Object occupant) {
        return occupant instanceof Packed packed ? packed.memoryBytes() : ((Entry) occupant).memoryBytes();
    }

    /** Puts something else, with the same key, into a slot. */
    void replace(int slot, Object occupant) {
        if (occupant instanceof Packed packed) {
            put(slot, packed.place(), null);
        } else {
            put(slot, Slabs.NOWHERE, (Entry) occupant);
        }
    }

    private void put(int slot, int place, Entry entry) {
        places[slot] = place;
        if (entry != null && entries == null) {
            entries = new Entry[tags.length];
        }
        if (entries != null) {
            entries[slot] = entry;
        }
    }

    /** Notes that what is packed, and has this tag, has moved. */
    void moved(int tag, int from, int to) {
        int slot = home(tag);
        while (places[slot] != from) {
            slot = next(slot);
        }
        places[slot] = to;
    }

    /** Puts a key that is not here yet into a free slot, which there must be. */
    int add(int tag, Object occupant, long expiresAtMillis, int policyBits) {
        int slot = addTag(tag, expiresAtMillis, policyBits);
        replace(slot, occupant);
        return slot;
    }

    private int addTag(int tag, long expiresAtMillis, int policyBits) {
        int slot = home(tag);
        while (tags[slot] != 0) {
            slot = next(slot);
        }
        tags[slot] = tag;
        size++;
        if (expiries != null) {
            expiries[slot] = -1;
        }
        if (expiresAtMillis >= 0) {
            expire(slot, expiresAtMillis);
        }
        if (bits != null || policyBits != 0) {
            setBits(slot, policyBits);
        }
        return slot;
    }

    /** Frees a slot, and moves what had been pushed past it back towards its home. */
    void remove(int slot) {
        if (expiresAtMillis(slot) >= 0) {
            volatiles--;
        }
        size--;
        int hole = slot;
        int probe = next(slot);
        while (tags[probe] != 0) {
            boolean mayMove = ((probe - home(tags[probe])) & mask) >= ((probe - hole) & mask);
            if (mayMove) {
                move(probe, hole);
                hole = probe;
            }
            probe = next(probe);
        }
        clear(hole);
    }

    private void clear(int slot) {
        tags[slot] = 0;
        put(slot, Slabs.NOWHERE, null);
    }

    private void move(int from, int to) {
        tags[to] = tags[from];
        put(to, places[from], entry(from));
        if (expiries != null) {
            expiries[to] = expiries[from];
        }
        if (bits != null) {
            bits[to] = bits[from];
        }
    }

    long expiresAtMillis(int slot) {
        return expiries == null ? -1 : expiries[slot];
    }

    /** Sets an expiry; -1 takes it away. */
    void expire(int slot, long expiresAtMillis) {
        if (expiries == null) {
            if (expiresAtMillis < 0) {
                return;
            }
            expiries = new long[tags.length];
            Arrays.fill(expiries, -1);
        }
        if (expiries[slot] >= 0) {
            volatiles--;
        }
        expiries[slot] = expiresAtMillis;
        if (expiresAtMillis >= 0) {
            volatiles++;
            earliest = Math.min(earliest, expiresAtMillis);
        }
    }

    /** Raises the lower bound to what it really is. */
    void tightenEarliest() {
        long least = Long.MAX_VALUE;
        if (volatiles > 0) {
            for (int slot = 0; slot < tags.length; slot++) {
                if (tags[slot] != 0 && expiries[slot] >= 0) {
                    least = Math.min(least, expiries[slot]);
                }
            }
        }
        earliest = least;
    }

    int bits(int slot) {
        return bits == null ? 0 : bits[slot];
    }

    void setBits(int slot, int policyBits) {
        if (bits == null) {
            bits = new int[tags.length];
        }
        bits[slot] = policyBits;
    }

    void dropBits() {
        bits = null;
    }

    /**
     * Joins the two halves of what a prefix one bit shorter covers, in the arrays of this one, the lower half, which must be roomy enough
     * for the keys of both. So nothing is allocated but the new segment itself; this one must not be used any more.
     */
    Segment joinedWith(Segment upper) {
        Segment joined = new Segment(this, depth - 1);
        joined.moveToLowerHalf();
        joined.takeFrom(upper);
        return joined;
    }

    /** Moves each key to where it belongs now that the prefix is shorter, and a home half of what it was. */
    private void moveToLowerHalf() {
        for (int slot = 0; slot < tags.length; slot++) {
            if (tags[slot] != 0) {
                moveTowardsHome(slot);
            }
        }
        // Who had been pushed around the end lay before its home, and still does.
        for (int slot = 0; tags[slot] != 0; slot++) {
            while (tags[slot] != 0 && home(tags[slot]) > slot) {
                readd(slot);
            }
        }
    }

    /** Moves a key to the first free slot from its home on, if there is one before the slot where it is. */
    private void moveTowardsHome(int slot) {
        int target = home(tags[slot]);
        while (target < slot && tags[target] != 0) {
            target++;
        }
        if (target < slot) {
            move(slot, target);
            clear(slot);
        }
    }

    private void readd(int slot) {
        int tag = tags[slot];
        int place = places[slot];
        Entry entry = entry(slot);
        long expiresAtMillis = expiresAtMillis(slot);
        int policyBits = bits(slot);
        remove(slot);
        put(addTag(tag, expiresAtMillis, policyBits), place, entry);
    }

    /**
     * Divides what this one has between the two halves of its prefix. The lower half is in the arrays of this one, mostly, so that only the
     * other one has to be allocated; this one must not be used any more.
     *
     * @param upper gets the keys of the upper half; empty
     * @return the lower half
     */
    Segment divideWith(Segment upper) {
        Segment lower = new Segment(this, depth + 1);
        for (int slot = 0; slot < tags.length; slot++) {
            if (tags[slot] << depth < 0) { // the last bit of the longer prefix
                lower.moveTo(upper, slot);
            }
        }
        if (lower.volatiles == 0) {
            lower.expiries = null;
        }
        if (lower.spread()) {
            return lower;
        }
        Segment another = new Segment(lower.depth, capacity(), slabs);
        another.takeFrom(lower);
        return another;
    }

    /** Moves a key to another segment, and leaves its slot free whatever lies after that. */
    private void moveTo(Segment other, int slot) {
        long expiresAtMillis = expiresAtMillis(slot);
        int added = other.addTag(tags[slot], expiresAtMillis, bits(slot));
        other.put(added, places[slot], entry(slot));
        if (expiresAtMillis >= 0) {
            volatiles--;
        }
        size--;
        clear(slot);
    }

    /**
     * Moves each key to where it belongs now that the prefix is longer, and a home twice as far on.
     *
     * @return whether that worked out; it does not if one would have to go round the end
     */
    private boolean spread() {
        for (int slot = mask; slot >= 0; slot--) {
            int target = tags[slot] == 0 ? slot : home(tags[slot]);
            while (target != slot && target <= mask && tags[target] != 0) {
                target++;
            }
            if (target > mask) {
                return false;
            }
            if (target != slot) {
                move(slot, target);
                clear(slot);
            }
        }
        // Some were put behind others that have moved on since.
        for (int slot = 0; slot <= mask; slot++) {
            if (tags[slot] != 0) {
                moveTowardsHome(slot);
            }
        }
        return true;
    }

    /** Adds all keys of another segment, each of which belongs here. */
    void takeFrom(Segment other) {
        for (int slot = 0; slot < other.tags.length; slot++) {
            int tag = other.tags[slot];
            if (tag != 0) {
                int added = addTag(tag, other.expiresAtMillis(slot), other.bits(slot));
                put(added, other.places[slot], other.entry(slot));
            }
        }
    }
}

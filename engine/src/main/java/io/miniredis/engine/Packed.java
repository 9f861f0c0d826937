package io.miniredis.engine;

import io.miniredis.api.Slice;
import java.util.Arrays;

/**
 * A key with a small value of bytes, which lie beside each other in a slot of {@link Slabs}: found with one cache miss, and not an object
 * for the collector. This is a view that shows one such entry, and then another.
 *
 * <pre>
 *   0       1       3       5       8              8 + k              8 + k + v
 *   +-------+-------+-------+-------+--------------+------------------+-----------------+
 *   | type  | n k   | v     | used  | key          | value            | unused          |
 *   +-------+-------+-------+-------+--------------+------------------+-----------------+
 * </pre>
 *
 * <p>The key's length takes twelve bits, the four above it are a note that its type may leave.
 *
 * <p>When it was used last takes three bytes, as {@link AccessTime} counts.
 */
final class Packed {
    /** Larger ones get an {@link Entry}, so that a change does not copy them. */
    static final int MAX_BYTES = SlotSizes.MAX_BYTES;

    private static final int KEY_LENGTH = 1;
    private static final int VALUE_LENGTH = 3;
    private static final int USED = 5;
    private static final int HEADER_BYTES = 8;

    private Slabs slabs;
    private int place;
    private byte[] array;
    private int at;

    static boolean fits(int keyLength, int valueLength) {
        return (long) keyLength + valueLength <= MAX_BYTES - HEADER_BYTES;
    }

    /** Shows what is at a place. */
    Packed show(Slabs where, int shownPlace) {
        slabs = where;
        place = shownPlace;
        array = where.array(shownPlace);
        at = Slabs.offset(shownPlace);
        return this;
    }

    /**
     * Shows a new entry, which takes a slot of its own.
     *
     * @param length how long its value is: the one given, and zeros after that
     */
    Packed create(Slabs where, int type, Slice key, Slice value, int length) {
        show(where, where.take(HEADER_BYTES + key.length() + length));
        array[at] = (byte) type;
        keyLengthAndNote(key.length());
        Arrays.fill(array, at + USED, at + HEADER_BYTES, (byte) 0);
        key.copyTo(array, at + HEADER_BYTES);
        value.copyTo(array, at + HEADER_BYTES + key.length());
        valueLength(value.length());
        grow(length);
        return this;
    }

    private void keyLengthAndNote(int both) {
        array[at + KEY_LENGTH] = (byte) (both >> 8);
        array[at + KEY_LENGTH + 1] = (byte) both;
    }

    private void valueLength(int length) {
        array[at + VALUE_LENGTH] = (byte) (length >> 8);
        array[at + VALUE_LENGTH + 1] = (byte) length;
    }

    /** Where the entry is. */
    int place() {
        return place;
    }

    /** Puts another value in the place of the old one, if it is of the same type and fits without wasting much. */
    boolean overwrite(int type, Slice value) {
        return type() == type && put(value, 8);
    }

    /** Puts the same value in its place that has changed, if it fits: it may be about to change back. */
    boolean overwrite(Slice value) {
        return put(value, 2);
    }

    /** @param part what part of the slot may stay unused, beside eight bytes */
    private boolean put(Slice value, int part) {
        if (value.length() != valueLength()) { // otherwise there is no need to ask the slab, which is in other memory
            int capacity = memoryBytes();
            int unused = capacity - HEADER_BYTES - keyLength() - value.length();
            if (unused < 0 || unused > capacity / part + 8) {
                return false;
            }
            valueLength(value.length());
        }
        value.copyTo(array, valueOffset());
        if (note() != 0) {
            note(0);
        }
        return true;
    }

    /**
     * Makes the value longer, if there is room for that; the new bytes are zero.
     *
     * @return whether there was room
     */
    boolean grow(int length) {
        int end = HEADER_BYTES + keyLength() + length;
        if (end > memoryBytes()) {
            return false;
        }
        Arrays.fill(array, valueOffset() + valueLength(), at + end, (byte) 0);
        valueLength(length);
        return true;
    }

    int note() {
        return (array[at + KEY_LENGTH] & 0xff) >> 4;
    }

    void note(int note) {
        keyLengthAndNote(note << 12 | keyLength());
    }

    /** When it was used last. */
    int used() {
        int from = at + USED;
        return (array[from] & 0xff) << 16 | (array[from + 1] & 0xff) << 8 | (array[from + 2] & 0xff);
    }

    /** Notes that it is used, unless that is known already: who only reads memory does not slow others down. */
    void use(int time) {
        int from = at + USED;
        if (array[from + 2] != (byte) time || used() != time) {
            array[from] = (byte) (time >> 16);
            array[from + 1] = (byte) (time >> 8);
            array[from + 2] = (byte) time;
        }
    }

    int type() {
        return array[at] & 0xff;
    }

    int keyLength() {
        return keyLength(array, at);
    }

    private static int keyLength(byte[] array, int at) {
        return (array[at + KEY_LENGTH] & 0x0f) << 8 | (array[at + KEY_LENGTH + 1] & 0xff);
    }

    private int valueOffset() {
        return at + HEADER_BYTES + keyLength();
    }

    int valueLength() {
        return (array[at + VALUE_LENGTH] & 0xff) << 8 | (array[at + VALUE_LENGTH + 1] & 0xff);
    }

    /** Whether what begins somewhere in an array has this key. */
    static boolean hasKey(byte[] array, int at, byte[] key, int offset, int length) {
        int from = at + HEADER_BYTES;
        return keyLength(array, at) == length
                && Arrays.equals(array, from, from + length, key, offset, offset + length);
    }

    /** Points a slice at the key of what begins somewhere in an array. */
    static Slice key(byte[] array, int at, Slice target) {
        return target.wrap(array, at + HEADER_BYTES, keyLength(array, at));
    }

    Slice value(Slice target) {
        return target.wrap(array, valueOffset(), valueLength());
    }

    /** What its slot takes. */
    int memoryBytes() {
        return slabs.slotBytes(place);
    }
}

package io.miniredis.commands.lists;

import io.miniredis.api.ArrayPool;
import io.miniredis.api.Layout;
import io.miniredis.api.Slice;
import java.util.Arrays;

/**
 * Some neighbouring elements of a list, packed into one array, with room for more at both ends.
 *
 * <pre>
 *   0       2        4       6        6 + before          length - after    length
 *   +-------+--------+-------+--------+-------------------+-----------------+
 *   | count | before | after | room   | elements          | room            |
 *   +-------+--------+-------+--------+-------------------+-----------------+
 *
 *   an element:  | length | bytes | length, mirrored |
 * </pre>
 *
 * <p>An element's length stands on both sides of it, seven bits in a byte, the low ones outermost, the top bit saying
 * that more follow; so the elements can be walked from either end. A chunk has at most {@link #MAX_LENGTH} bytes, or is
 * one element, and what room there is beside that stays empty.
 *
 * <p>The top bit of {@code after} says that the chunk is lent: a reply is being read from it, and whoever wants to change it
 * changes a {@link #copy} instead.
 */
final class Chunk {
    /** See {@link PackedList} for why. A length that a pool's arrays have. */
    static final int MAX_LENGTH = 4096;

    /** What the fields of the room can hold: in a longer chunk there is none. */
    private static final int MAX_ROOMY_LENGTH = 1 << 15;

    static final int HEADER_BYTES = 6;
    private static final int BEFORE = 2;
    private static final int AFTER = 4;

    private static final int LENT = 0x80;

    /** Room for one more short element. */
    private static final int ROOM_BYTES = 64;

    /** Without elements and without room. Shared, since nothing can be put into it. */
    static final byte[] EMPTY = new byte[HEADER_BYTES];

    private Chunk() {}

    /** A chunk of one element, with as much room as comes of the arrays' sizes. */
    static byte[] of(byte[] array, int offset, int length, ArrayPool arrays) {
        int packed = packedBytes(length);
        byte[] chunk = take(HEADER_BYTES + packed, arrays);
        putFields(chunk, 1, chunk.length - HEADER_BYTES - packed, ListEnd.TAIL);
        putElement(chunk, HEADER_BYTES, packed, array, offset, length);
        return chunk;
    }

    private static byte[] take(int length, ArrayPool arrays) {
        int longest = length <= MAX_LENGTH ? MAX_LENGTH : MAX_ROOMY_LENGTH;
        if (length > longest) {
            return new byte[length];
        }
        byte[] taken = arrays.take(length);
        if (taken.length <= longest) {
            return taken;
        }
        arrays.give(taken);
        return new byte[length];
    }

    /** What an element takes in a chunk. */
    static int packedBytes(int length) {
        return length + 2 * lengthBytes(length);
    }

    private static int lengthBytes(int length) {
        int bytes = 1;
        for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
            bytes++;
        }
        return bytes;
    }

    static int count(byte[] chunk) {
        return (chunk[0] & 0xff) << 8 | (chunk[1] & 0xff);
    }

    static boolean isLent(byte[] chunk) {
        return chunk[AFTER] < 0;
    }

    /** Makes the chunk one that is not changed any more. */
    static void lend(byte[] chunk) {
        if (!isLent(chunk)) { // those who read it now need not see even this
            chunk[AFTER] |= (byte) LENT;
        }
    }

    /** A chunk of the same elements, with the same room, that is not lent. */
    static byte[] copy(byte[] chunk) {
        if (chunk == EMPTY) {
            return EMPTY;
        }
        byte[] copy = chunk.clone();
        copy[AFTER] &= (byte) ~LENT;
        return copy;
    }

    /** Gives a chunk's array away, which nobody uses any more unless it is lent. */
    static void release(byte[] chunk, ArrayPool arrays) {
        if (chunk != EMPTY && !isLent(chunk)) {
            arrays.give(chunk);
        }
    }

    /** What the elements take. */
    static int used(byte[] chunk) {
        return chunk.length - HEADER_BYTES - room(chunk);
    }

    /** The room at both ends together. */
    static int room(byte[] chunk) {
        return room(chunk, BEFORE) + room(chunk, AFTER);
    }

    /** The room at one end. */
    static int room(byte[] chunk, ListEnd end) {
        return room(chunk, roomField(end));
    }

    /** Whether another element may be pushed that takes so much. */
    static boolean hasRoom(byte[] chunk, ListEnd end, int packedBytes) {
        return room(chunk, end) >= packedBytes && chunk.length <= MAX_LENGTH;
    }

    private static int roomField(ListEnd end) {
        return end == ListEnd.HEAD ? BEFORE : AFTER;
    }

    /** Where the first element begins. */
    static int start(byte[] chunk) {
        return HEADER_BYTES + room(chunk, BEFORE);
    }

    /** Where the last element ends. */
    static int end(byte[] chunk) {
        return chunk.length - room(chunk, AFTER);
    }

    /** What the chunk weighs, the JVM's header and padding included; the shared one nothing. */
    static long memoryBytes(byte[] chunk) {
        return chunk == EMPTY ? 0 : Layout.bytes(chunk.length);
    }

    /** A chunk of elements that were packed in another one, with half as much room at the tail. */
    static byte[] expand(Slice packed) {
        int used = packed.length();
        byte[] chunk = new byte[tightLength(used + used / 2 + ROOM_BYTES)];
        putFields(chunk, 0, chunk.length - HEADER_BYTES - used, ListEnd.TAIL);
        packed.copyTo(chunk, HEADER_BYTES);
        putShort(chunk, 0, countFrom(chunk, HEADER_BYTES));
        return chunk;
    }

    /** A chunk with the same elements in an array of another length or a little more, all of its room at one end. */
    static byte[] resized(byte[] chunk, int length, ListEnd roomAt, ArrayPool arrays) {
        int used = used(chunk);
        byte[] copy = take(length, arrays);
        putFields(copy, count(chunk), copy.length - HEADER_BYTES - used, roomAt);
        System.arraycopy(chunk, start(chunk), copy, start(copy), used);
        return copy;
    }

    /**
     * A chunk with the same elements, except for those between two boundaries, in whose place there may be another one.
     *
     * @param from where what goes begins
     * @param to where it ends; the same to only add
     * @param element what comes; null for nothing
     * @param count how many elements there will be
     * @param length of the array at least, which must hold them
     * @param roomAt where its room is
     */
    static byte[] spliced(
            byte[] chunk, int from, int to, Slice element, int count, int length, ListEnd roomAt, ArrayPool arrays) {
        int packed = element == null ? 0 : packedBytes(element.length());
        int start = start(chunk);
        int before = from - start;
        int after = end(chunk) - to;
        byte[] copy = take(length, arrays);
        putFields(copy, count, copy.length - HEADER_BYTES - before - packed - after, roomAt);
        int at = start(copy);
        System.arraycopy(chunk, start, copy, at, before);
        if (element != null) {
            putElement(copy, at + before, packed, element.array(), element.offset(), element.length());
        }
        System.arraycopy(chunk, to, copy, at + before + packed, after);
        return copy;
    }

    /** Puts an element in the place of another that took as much. */
    static void set(byte[] chunk, int from, Slice element) {
        putElement(chunk, from, packedBytes(element.length()), element.array(), element.offset(), element.length());
    }

    /** The elements of two chunks in one, with as much room as comes of the arrays' sizes. */
    static byte[] joined(byte[] first, byte[] second, ArrayPool arrays) {
        int firstUsed = used(first);
        int secondUsed = used(second);
        byte[] joined = take(tightLength(firstUsed + secondUsed), arrays);
        int room = joined.length - HEADER_BYTES - firstUsed - secondUsed;
        putFields(joined, count(first) + count(second), room, ListEnd.TAIL);
        System.arraycopy(first, start(first), joined, HEADER_BYTES, firstUsed);
        System.arraycopy(second, start(second), joined, HEADER_BYTES + firstUsed, secondUsed);
        return joined;
    }

    /** How long an array without room is, but for what the JVM would add as padding. */
    static int tightLength(int packedBytes) {
        return Layout.unpaddedBytes(HEADER_BYTES + packedBytes);
    }

    /** Whether the element that begins at a boundary is this one. */
    static boolean isAt(byte[] chunk, int boundary, Slice element) {
        int length = lengthAfter(chunk, boundary);
        int from = bytesAfter(boundary, length);
        return length == element.length()
                && Arrays.equals(
                        chunk,
                        from,
                        from + length,
                        element.array(),
                        element.offset(),
                        element.offset() + element.length());
    }

    /** Moves the elements inside their array. */
    static void slide(byte[] chunk, int before) {
        int used = used(chunk);
        int after = room(chunk) - before;
        System.arraycopy(chunk, start(chunk), chunk, HEADER_BYTES + before, used);
        putShort(chunk, BEFORE, before);
        putShort(chunk, AFTER, after);
    }

    /** Adds an element at an end that has room for it. */
    static void push(byte[] chunk, ListEnd end, byte[] array, int offset, int length) {
        int packed = packedBytes(length);
        int at = end == ListEnd.HEAD ? start(chunk) - packed : end(chunk);
        putElement(chunk, at, packed, array, offset, length);
        putShort(chunk, 0, count(chunk) + 1);
        putShort(chunk, roomField(end), room(chunk, end) - packed);
    }

    private static void putElement(byte[] chunk, int at, int packed, byte[] array, int offset, int length) {
        putLength(chunk, at, 1, length);
        System.arraycopy(array, offset, chunk, at + (packed - length) / 2, length);
        putLength(chunk, at + packed - 1, -1, length);
    }

    /** Removes some elements at an end; not all there are. */
    static void pop(byte[] chunk, ListEnd end, int elements) {
        int count = count(chunk);
        int left = count - elements;
        putShort(chunk, 0, left);
        if (end == ListEnd.HEAD) {
            putShort(chunk, BEFORE, boundary(chunk, elements, count) - HEADER_BYTES);
        } else {
            putShort(chunk, AFTER, chunk.length - boundary(chunk, left, count));
        }
    }

    /** Where an element begins; that of the number {@code count} is the end of the last. Walks from the nearer end. */
    static int boundary(byte[] chunk, int element) {
        return boundary(chunk, element, count(chunk));
    }

    private static int boundary(byte[] chunk, int element, int count) {
        int at;
        if (element <= count / 2) {
            at = start(chunk);
            for (int i = 0; i < element; i++) {
                at += packedBytes(lengthAfter(chunk, at));
            }
        } else {
            at = end(chunk);
            for (int i = count; i > element; i--) {
                at -= packedBytes(lengthBefore(chunk, at));
            }
        }
        return at;
    }

    /** How many elements begin at a boundary or after it. */
    static int countFrom(byte[] chunk, int boundary) {
        int end = end(chunk);
        int count = 0;
        for (int at = boundary; at < end; at += packedBytes(lengthAfter(chunk, at))) {
            count++;
        }
        return count;
    }

    /** The length of the element that begins at a boundary. */
    static int lengthAfter(byte[] chunk, int boundary) {
        int low = chunk[boundary];
        return low >= 0 ? low : longLength(chunk, boundary, 1);
    }

    /** The length of the element that ends at a boundary. */
    static int lengthBefore(byte[] chunk, int boundary) {
        int low = chunk[boundary - 1];
        return low >= 0 ? low : longLength(chunk, boundary - 1, -1);
    }

    /** The first byte of the element of such a length that begins at a boundary. */
    static int bytesAfter(int boundary, int length) {
        return boundary + lengthBytes(length);
    }

    /** The first byte of the element of such a length that ends at a boundary. */
    static int bytesBefore(int boundary, int length) {
        return boundary - lengthBytes(length) - length;
    }

    private static int longLength(byte[] chunk, int from, int step) {
        int length = 0;
        int at = from;
        for (int shift = 0; ; shift += 7) {
            int bits = chunk[at];
            length |= (bits & 0x7f) << shift;
            if (bits >= 0) {
                return length;
            }
            at += step;
        }
    }

    private static void putLength(byte[] chunk, int from, int step, int length) {
        int at = from;
        int rest = length;
        while (rest > 0x7f) {
            chunk[at] = (byte) (rest | 0x80);
            at += step;
            rest >>>= 7;
        }
        chunk[at] = (byte) rest;
    }

    /** Writes all fields of a new chunk, in whose array anything may have been. */
    private static void putFields(byte[] chunk, int count, int room, ListEnd roomAt) {
        putShort(chunk, 0, count);
        putShort(chunk, BEFORE, roomAt == ListEnd.HEAD ? room : 0);
        putShort(chunk, AFTER, roomAt == ListEnd.TAIL ? room : 0);
    }

    private static int room(byte[] chunk, int field) {
        return (chunk[field] & 0x7f) << 8 | (chunk[field + 1] & 0xff);
    }

    private static void putShort(byte[] chunk, int at, int value) {
        chunk[at] = (byte) (value >> 8);
        chunk[at + 1] = (byte) value;
    }
}

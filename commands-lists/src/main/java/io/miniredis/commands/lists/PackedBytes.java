package io.miniredis.commands.lists;

import io.miniredis.api.Numbers;
import io.miniredis.api.Slice;
import io.miniredis.api.rdb.MalformedRdbException;

/** Bytes from somebody else in which elements are packed. Nothing outside them is ever read. */
final class PackedBytes {
    private final Slice bytes;
    private final byte[] digits = new byte[Numbers.MAX_DIGITS];

    PackedBytes(Slice bytes) {
        this.bytes = bytes;
    }

    static MalformedRdbException malformed() {
        return new MalformedRdbException("elements that are not packed as they should be");
    }

    int length() {
        return bytes.length();
    }

    /** The byte at an index, 0 to 255. */
    int at(int index) throws MalformedRdbException {
        if (index >= bytes.length()) {
            throw malformed();
        }
        return bytes.byteAt(index) & 0xff;
    }

    long littleEndian(int index, int count) throws MalformedRdbException {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (long) at(index + i) << (8 * i);
        }
        return value;
    }

    /** A number in two's complement. */
    long signed(int index, int count) throws MalformedRdbException {
        int unused = Long.SIZE - 8 * count;
        return littleEndian(index, count) << unused >> unused;
    }

    /** Adds the bytes at an index to a list's tail. Returns how many they are, together with those that frame them. */
    int string(int index, long count, PackedList list, int frame) throws MalformedRdbException {
        if (count > bytes.length() - index) {
            throw malformed();
        }
        list.push(ListEnd.TAIL, bytes.array(), bytes.offset() + index, (int) count);
        return frame + (int) count;
    }

    /** Adds a number's digits to a list's tail. Returns how many bytes it takes here. */
    int integer(long value, PackedList list, int taken) {
        list.push(ListEnd.TAIL, digits, 0, Numbers.format(value, digits, 0));
        return taken;
    }
}

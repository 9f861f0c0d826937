package io.miniredis.commands.lists;

import io.miniredis.api.CommandException;
import io.miniredis.api.Numbers;
import io.miniredis.api.Slice;
import io.miniredis.api.rdb.MalformedRdbException;
import io.miniredis.api.rdb.RdbWriter;

/**
 * Redis's listpacks: elements one after the other, each followed by its own length so that they can be walked backwards.
 *
 * <pre>
 *   bytes (4)   elements (2)   element ...   0xff          numbers are little endian
 *
 *   an element:  0nnnnnnn                          0 to 127
 *                10llllll  bytes                   up to 63 bytes
 *                110nnnnn  nnnnnnnn                -4096 to 4095, big endian
 *                1110llll  llllllll  bytes         up to 4095 bytes, big endian
 *                0xf0 length (4)  bytes            more
 *                0xf1 to 0xf4                      an integer of 2, 3, 4 or 8 bytes
 *   its length:  seven bits in a byte, big endian, the top bit saying that it is not the first of them
 * </pre>
 */
final class Listpack {
    /** What an element takes beside its bytes, at most, unless it is a large one. */
    static final int MAX_FRAME_BYTES = 10;

    private static final int HEADER_BYTES = 6;
    private static final int END = 0xff;
    private static final int UNKNOWN_COUNT = 0xffff;

    private Listpack() {}

    /** Adds the elements of a listpack to a list's tail. */
    static void read(Slice listpack, PackedList list) throws MalformedRdbException {
        PackedBytes in = new PackedBytes(listpack);
        if (in.length() < HEADER_BYTES + 1 || in.littleEndian(0, 4) != in.length() || in.at(in.length() - 1) != END) {
            throw PackedBytes.malformed();
        }
        long count = in.littleEndian(4, 2);
        int last = in.length() - 1;
        long elements = 0;
        int at = HEADER_BYTES;
        while (at < last) {
            int length = readElement(in, at, list);
            at += length;
            at += checkLength(in, at, length);
            elements++;
        }
        if (at != last || (count != UNKNOWN_COUNT && count != elements)) {
            throw PackedBytes.malformed();
        }
    }

    /** Reads the element at an index. Returns how many bytes it takes, without its length at the end. */
    private static int readElement(PackedBytes in, int at, PackedList list) throws MalformedRdbException {
        int first = in.at(at);
        if (first < 0x80) {
            return in.integer(first, list, 1);
        }
        if (first < 0xc0) {
            return in.string(at + 1, first & 0x3f, list, 1);
        }
        if (first < 0xe0) {
            long bits = ((first & 0x1fL) << 8) | in.at(at + 1);
            return in.integer(bits << 51 >> 51, list, 2);
        }
        if (first < 0xf0) {
            return in.string(at + 2, ((first & 0x0f) << 8) | in.at(at + 1), list, 2);
        }
        return switch (first) {
            case 0xf0 -> in.string(at + 5, in.littleEndian(at + 1, 4), list, 5);
            case 0xf1 -> in.integer(in.signed(at + 1, 2), list, 3);
            case 0xf2 -> in.integer(in.signed(at + 1, 3), list, 4);
            case 0xf3 -> in.integer(in.signed(at + 1, 4), list, 5);
            case 0xf4 -> in.integer(in.signed(at + 1, 8), list, 9);
            default -> throw PackedBytes.malformed();
        };
    }

    /** Checks the length that follows an element, for whoever walks backwards. Returns how many bytes it takes. */
    private static int checkLength(PackedBytes in, int at, int length) throws MalformedRdbException {
        int bytes = lengthBytes(length);
        for (int i = 0; i < bytes; i++) {
            int bits = (length >> (7 * (bytes - 1 - i))) & 0x7f;
            if (in.at(at + i) != (i == 0 ? bits : bits | 0x80)) {
                throw PackedBytes.malformed();
            }
        }
        return bytes;
    }

    /** The bounds are those of Redis, which leaves the last number of some sizes to the next one. */
    private static int lengthBytes(int length) {
        if (length <= 127) {
            return 1;
        }
        if (length < 16383) {
            return 2;
        }
        if (length < 2097151) {
            return 3;
        }
        return length < 268435455 ? 4 : 5;
    }

    /** A listpack that is being written. */
    static final class Writer {
        private final RdbWriter elements = new RdbWriter();
        private int count;

        /** Adds an element, as a number if it is the digits of one. */
        void add(byte[] array, int offset, int length) {
            int before = elements.written().length();
            if (!addInteger(new Slice().wrap(array, offset, length))) {
                addString(array, offset, length);
            }
            int taken = elements.written().length() - before;
            int bytes = lengthBytes(taken);
            for (int i = bytes - 1; i >= 0; i--) {
                elements.raw(((taken >> (7 * i)) & 0x7f) | (i == bytes - 1 ? 0 : 0x80));
            }
            count++;
        }

        private boolean addInteger(Slice digits) {
            long value;
            try {
                value = Numbers.integer(digits);
            } catch (CommandException notOne) {
                return false;
            }
            if (value >= 0 && value <= 127) {
                elements.raw((int) value);
            } else if (value >= -4096 && value <= 4095) {
                elements.raw((int) (0xc0 | ((value >> 8) & 0x1f)));
                elements.raw((int) value);
            } else if (value == (short) value) {
                addInteger(0xf1, value, 2);
            } else if (value == value << 40 >> 40) {
                addInteger(0xf2, value, 3);
            } else if (value == (int) value) {
                addInteger(0xf3, value, 4);
            } else {
                addInteger(0xf4, value, 8);
            }
            return true;
        }

        private void addInteger(int first, long value, int bytes) {
            elements.raw(first);
            elements.littleEndian(value, bytes);
        }

        private void addString(byte[] array, int offset, int length) {
            if (length < 64) {
                elements.raw(0x80 | length);
            } else if (length < 4096) {
                elements.raw(0xe0 | (length >> 8));
                elements.raw(length);
            } else {
                elements.raw(0xf0);
                elements.littleEndian(length, 4);
            }
            elements.raw(array, offset, length);
        }

        /** Writes it all as a string. */
        void write(RdbWriter out) {
            Slice written = elements.written();
            int bytes = HEADER_BYTES + written.length() + 1;
            out.length(bytes);
            out.littleEndian(bytes, 4);
            out.littleEndian(Math.min(count, UNKNOWN_COUNT), 2);
            out.raw(written.array(), written.offset(), written.length());
            out.raw(END);
        }
    }
}

package io.miniredis.commands.lists;

import io.miniredis.api.Slice;
import io.miniredis.api.rdb.MalformedRdbException;

/**
 * The ziplists of Redis before 7.0: elements one after the other, each after the length of the one before it.
 *
 * <pre>
 *   bytes (4)   offset of the last (4)   elements (2)   element ...   0xff          numbers are little endian
 *
 *   the length before:  one byte up to 253; 0xfe and four bytes
 *   an element:         00llllll  bytes               up to 63 bytes
 *                       01llllll  llllllll  bytes     up to 16383 bytes, big endian
 *                       0x80 length (4)  bytes        more, big endian
 *                       0xc0, 0xd0, 0xe0              an integer of 2, 4 or 8 bytes
 *                       0xf0, 0xfe                    an integer of 3 bytes, or of 1
 *                       0xf1 to 0xfd                  0 to 12
 * </pre>
 */
final class Ziplist {
    private static final int HEADER_BYTES = 10;
    private static final int END = 0xff;
    private static final int UNKNOWN_COUNT = 0xffff;
    private static final int LONG_LENGTH = 0xfe;

    private Ziplist() {}

    /** Adds the elements of a ziplist to a list's tail. */
    static void read(Slice ziplist, PackedList list) throws MalformedRdbException {
        PackedBytes in = new PackedBytes(ziplist);
        if (in.length() < HEADER_BYTES + 1 || in.littleEndian(0, 4) != in.length() || in.at(in.length() - 1) != END) {
            throw PackedBytes.malformed();
        }
        long count = in.littleEndian(8, 2);
        int last = in.length() - 1;
        long elements = 0;
        int before = 0;
        int at = HEADER_BYTES;
        while (at < last) {
            boolean isLong = in.at(at) == LONG_LENGTH;
            if ((isLong ? in.littleEndian(at + 1, 4) : in.at(at)) != before) {
                throw PackedBytes.malformed();
            }
            int frame = isLong ? 5 : 1;
            before = frame + readElement(in, at + frame, list);
            at += before;
            elements++;
        }
        boolean tailFits = in.littleEndian(4, 4) == (elements == 0 ? HEADER_BYTES : at - before);
        if (at != last || !tailFits || (count != UNKNOWN_COUNT && count != elements)) {
            throw PackedBytes.malformed();
        }
    }

    /** Reads the element at an index. Returns how many bytes it takes. */
    private static int readElement(PackedBytes in, int at, PackedList list) throws MalformedRdbException {
        int first = in.at(at);
        if (first < 0x40) {
            return in.string(at + 1, first, list, 1);
        }
        if (first < 0x80) {
            return in.string(at + 2, ((first & 0x3f) << 8) | in.at(at + 1), list, 2);
        }
        if (first > 0xf0 && first < 0xfe) {
            return in.integer(first - 0xf1, list, 1);
        }
        return switch (first) {
            case 0x80 ->
                in.string(
                        at + 5,
                        Integer.toUnsignedLong(Integer.reverseBytes((int) in.littleEndian(at + 1, 4))),
                        list,
                        5);
            case 0xc0 -> in.integer(in.signed(at + 1, 2), list, 3);
            case 0xd0 -> in.integer(in.signed(at + 1, 4), list, 5);
            case 0xe0 -> in.integer(in.signed(at + 1, 8), list, 9);
            case 0xf0 -> in.integer(in.signed(at + 1, 3), list, 4);
            case 0xfe -> in.integer(in.signed(at + 1, 1), list, 2);
            default -> throw PackedBytes.malformed();
        };
    }
}

package io.miniredis.engine;

import io.miniredis.api.Layout;
import io.miniredis.api.Slice;
import java.util.Arrays;

/**
 * Key and value in one array: how a key with a small value of bytes lies in memory. One object, found with one cache miss.
 *
 * <pre>
 *   0       1       2       4       7              7 + k              length - slack    length
 *   +-------+-------+-------+-------+--------------+------------------+-----------------+
 *   | type  | slack | n k   | used  | key          | value            | unused          |
 *   +-------+-------+-------+-------+--------------+------------------+-----------------+
 * </pre>
 *
 * <p>The key's length takes twelve bits, the four above it are a note that its type may leave.
 *
 * <p>When it was used last takes three bytes, as {@link AccessTime} counts.
 *
 * <p>The array's length is chosen so that the JVM adds no padding; what it would have added is slack, in which the value can
 * grow in place.
 */
final class Packed {
    /** Larger ones get an {@link Entry}, so that a change does not copy them. */
    static final int MAX_BYTES = 4096;

    private static final int HEADER_BYTES = 7;
    private static final int USED = 4;
    private static final int MAX_SLACK = 255;

    private Packed() {}

    static boolean fits(int keyLength, int valueLength) {
        return (long) keyLength + valueLength <= MAX_BYTES - HEADER_BYTES;
    }

    static byte[] pack(int type, Slice key, Slice value) {
        int used = HEADER_BYTES + key.length() + value.length();
        int length = arrayLength(used);
        byte[] packed = new byte[length];
        packed[0] = (byte) type;
        packed[1] = (byte) (length - used);
        packed[2] = (byte) (key.length() >> 8);
        packed[3] = (byte) key.length();
        key.copyTo(packed, HEADER_BYTES);
        value.copyTo(packed, HEADER_BYTES + key.length());
        return packed;
    }

    /** Puts another value in the place of the old one, if it is of the same type and fits without wasting much. */
    static boolean overwrite(byte[] packed, int type, Slice value) {
        int at = valueOffset(packed);
        int slack = packed.length - at - value.length();
        if (packed[0] != (byte) type || slack < 0 || slack > MAX_SLACK || slack > 8 + packed.length / 8) {
            return false;
        }
        value.copyTo(packed, at);
        packed[1] = (byte) slack;
        note(packed, 0);
        return true;
    }

    /**
     * Makes the value longer; the new bytes are zero.
     *
     * @return the same array, or another one with all that the first holds
     */
    static byte[] grow(byte[] packed, int valueLength) {
        int from = packed.length - (packed[1] & 0xff);
        int used = valueOffset(packed) + valueLength;
        byte[] grown = packed;
        if (used > packed.length) {
            grown = Arrays.copyOf(packed, arrayLength(used));
        }
        Arrays.fill(grown, from, used, (byte) 0);
        grown[1] = (byte) (grown.length - used);
        return grown;
    }

    private static int arrayLength(int used) {
        return Layout.unpaddedBytes(used);
    }

    static int note(byte[] packed) {
        return (packed[2] & 0xff) >> 4;
    }

    static void note(byte[] packed, int note) {
        packed[2] = (byte) (note << 4 | (packed[2] & 0x0f));
    }

    /** When it was used last. */
    static int used(byte[] packed) {
        return (packed[USED] & 0xff) << 16 | (packed[USED + 1] & 0xff) << 8 | (packed[USED + 2] & 0xff);
    }

    /** Notes that it is used, unless that is known already: who only reads memory does not slow others down. */
    static void use(byte[] packed, int time) {
        if (packed[USED + 2] != (byte) time || used(packed) != time) {
            packed[USED] = (byte) (time >> 16);
            packed[USED + 1] = (byte) (time >> 8);
            packed[USED + 2] = (byte) time;
        }
    }

    static int type(byte[] packed) {
        return packed[0] & 0xff;
    }

    static int keyLength(byte[] packed) {
        return (packed[2] & 0x0f) << 8 | (packed[3] & 0xff);
    }

    static int valueOffset(byte[] packed) {
        return HEADER_BYTES + keyLength(packed);
    }

    static int valueLength(byte[] packed) {
        return packed.length - (packed[1] & 0xff) - valueOffset(packed);
    }

    static boolean hasKey(byte[] packed, byte[] array, int offset, int length) {
        return keyLength(packed) == length
                && Arrays.equals(packed, HEADER_BYTES, HEADER_BYTES + length, array, offset, offset + length);
    }

    static Slice key(byte[] packed, Slice target) {
        return target.wrap(packed, HEADER_BYTES, keyLength(packed));
    }

    static Slice value(byte[] packed, Slice target) {
        return target.wrap(packed, valueOffset(packed), valueLength(packed));
    }

    static long memoryBytes(byte[] packed) {
        return Layout.bytes(packed.length);
    }
}

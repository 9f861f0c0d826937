package io.miniredis.api.rdb;

import io.miniredis.api.Numbers;
import io.miniredis.api.Slice;

/**
 * Reads values in Redis's form, from memory. Every length is checked against what is there before anything is allocated for it,
 * so that bytes from anywhere cost no more than they are worth.
 */
public final class RdbReader {
    static final int INT8 = 0xc0;
    static final int INT16 = 0xc1;
    static final int INT32 = 0xc2;
    static final int COMPRESSED = 0xc3;

    private final byte[] array;
    private final int end;
    private int at;

    /** How many bytes more may come of compressed ones. */
    private long unpackedBytesLeft;

    /**
     * Creates a reader.
     *
     * @param bytes what to read, not copied
     * @param maxUnpackedBytes how many bytes may come of all compressed strings together
     */
    public RdbReader(Slice bytes, long maxUnpackedBytes) {
        array = bytes.array();
        at = bytes.offset();
        end = at + bytes.length();
        unpackedBytesLeft = maxUnpackedBytes;
    }

    /**
     * How much is left to be read.
     *
     * @return bytes
     */
    public int remaining() {
        return end - at;
    }

    /**
     * Reads one byte.
     *
     * @return 0 to 255
     * @throws MalformedRdbException if there is none
     */
    public int raw() throws MalformedRdbException {
        if (at == end) {
            throw truncated();
        }
        return array[at++] & 0xff;
    }

    /**
     * Reads a length.
     *
     * @return 0 or more
     * @throws MalformedRdbException if there is none
     */
    public long length() throws MalformedRdbException {
        int first = raw();
        long length = switch (first >> 6) {
            case 0 -> first;
            case 1 -> (first & 0x3f) << 8 | raw();
            default -> longLength(first);
        };
        if (length < 0) {
            throw new MalformedRdbException("a length of more than 63 bits");
        }
        return length;
    }

    private long longLength(int first) throws MalformedRdbException {
        if (first == 0x80) {
            return bigEndian(4);
        }
        if (first == 0x81) {
            return bigEndian(8);
        }
        throw new MalformedRdbException("not a length");
    }

    private long bigEndian(int bytes) throws MalformedRdbException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | raw();
        }
        return value;
    }

    private int littleEndian(int bytes) throws MalformedRdbException {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= raw() << (8 * i);
        }
        return value;
    }

    /**
     * Reads a string, whichever way it is written.
     *
     * @return its bytes, valid for good; perhaps those that are read from
     * @throws MalformedRdbException if there is none
     */
    public Slice string() throws MalformedRdbException {
        if (at == end) {
            throw truncated();
        }
        return switch (array[at] & 0xff) {
            case INT8 -> digits((byte) integer(1));
            case INT16 -> digits((short) integer(2));
            case INT32 -> digits(integer(4));
            case COMPRESSED -> compressed();
            default -> bytes(length());
        };
    }

    /** Reads an integer of so many bytes, and the byte before it. */
    private int integer(int bytes) throws MalformedRdbException {
        at++;
        return littleEndian(bytes);
    }

    private static Slice digits(int value) {
        byte[] digits = new byte[Numbers.digits(value)];
        Numbers.format(value, digits, 0);
        return new Slice(digits);
    }

    private Slice bytes(long length) throws MalformedRdbException {
        if (length > remaining()) {
            throw truncated();
        }
        Slice bytes = new Slice().wrap(array, at, (int) length);
        at += (int) length;
        return bytes;
    }

    private Slice compressed() throws MalformedRdbException {
        at++;
        long packedBytes = length();
        long bytes = length();
        Slice packed = bytes(packedBytes);
        if (bytes > unpackedBytesLeft) {
            throw new MalformedRdbException("compressed strings of too many bytes");
        }
        unpackedBytesLeft -= bytes;
        return new Slice(Lzf.decompress(packed, bytes));
    }

    private static MalformedRdbException truncated() {
        return new MalformedRdbException("the end comes too early");
    }
}

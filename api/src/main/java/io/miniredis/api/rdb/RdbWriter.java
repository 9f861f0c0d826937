package io.miniredis.api.rdb;

import io.miniredis.api.CommandException;
import io.miniredis.api.Numbers;
import io.miniredis.api.Slice;
import java.util.Arrays;

/** Writes values in Redis's form, into memory. A string is written as it is, or as an integer if it is the digits of one; never compressed. */
public final class RdbWriter {
    private static final int MAX_BYTES = Integer.MAX_VALUE - 64 * 1024;

    /** Digits of integers that fit into 32 bits are not longer. */
    private static final int MAX_INTEGER_DIGITS = 11;

    private byte[] array = new byte[64];
    private int length;

    /** Creates a writer that has written nothing. */
    public RdbWriter() {}

    /**
     * What was written.
     *
     * @return a view, valid until more is written
     */
    public Slice written() {
        return new Slice().wrap(array, 0, length);
    }

    /**
     * Writes bytes as they are.
     *
     * @param bytes holds the bytes
     * @param offset the first
     * @param count how many
     * @throws IllegalStateException if they would be more than an array can hold
     */
    public void raw(byte[] bytes, int offset, int count) {
        room(count);
        System.arraycopy(bytes, offset, array, length, count);
        length += count;
    }

    /**
     * Writes one byte.
     *
     * @param value its low eight bits count
     */
    public void raw(int value) {
        room(1);
        array[length++] = (byte) value;
    }

    private void room(int count) {
        if (count > MAX_BYTES - length) {
            throw new IllegalStateException("more than " + MAX_BYTES + " bytes");
        }
        if (count > array.length - length) {
            long doubled = Math.max(2L * array.length, (long) length + count);
            array = Arrays.copyOf(array, (int) Math.min(MAX_BYTES, doubled));
        }
    }

    /**
     * Writes a length, in one to nine bytes.
     *
     * @param value 0 or more
     */
    public void length(long value) {
        if (value < 1 << 6) {
            raw((int) value);
        } else if (value < 1 << 14) {
            raw(0x40 | (int) (value >> 8));
            raw((int) value);
        } else if (value < 1L << 32) {
            raw(0x80);
            bigEndian(value, 4);
        } else {
            raw(0x81);
            bigEndian(value, 8);
        }
    }

    private void bigEndian(long value, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            raw((int) (value >> shift));
        }
    }

    /**
     * Writes an integer's low bytes, the lowest first.
     *
     * @param value the integer
     * @param bytes how many
     */
    public void littleEndian(long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            raw((int) (value >> (8 * i)));
        }
    }

    /**
     * Writes a string.
     *
     * @param string its bytes
     */
    public void string(Slice string) {
        if (string.length() <= MAX_INTEGER_DIGITS && integer(string)) {
            return;
        }
        length(string.length());
        raw(string.array(), string.offset(), string.length());
    }

    /** Writes a string that is the digits of an integer of 32 bits. Returns false, with nothing written, if it is not. */
    private boolean integer(Slice digits) {
        long value;
        try {
            value = Numbers.integer(digits);
        } catch (CommandException notOne) {
            return false;
        }
        if (value == (byte) value) {
            raw(RdbReader.INT8);
            littleEndian(value, 1);
        } else if (value == (short) value) {
            raw(RdbReader.INT16);
            littleEndian(value, 2);
        } else if (value == (int) value) {
            raw(RdbReader.INT32);
            littleEndian(value, 4);
        } else {
            return false;
        }
        return true;
    }
}

package io.miniredis.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A view of bytes that somebody else owns: an argument in the input buffer, a value in the keyspace. It copies nothing and can
 * be pointed elsewhere with {@link #wrap}, so that one slice serves many reads without garbage.
 *
 * <p>Reading outside the view is not checked beyond the array's own bounds. Whoever receives a slice from the server must not
 * change the bytes, unless it came from {@link Keyspace#write}, and must {@link #copy()} what it keeps. Not thread-safe.
 */
public final class Slice {
    private byte[] array;
    private int offset;
    private int length;
    /** Null if nobody promises anything about the bytes. */
    private Lender lender;

    /**
     * Creates a view of a whole array.
     *
     * @param array the bytes, not copied
     */
    public Slice(byte[] array) {
        wrap(array, 0, array.length);
    }

    /** Creates an empty view, to be pointed somewhere with {@link #wrap}. */
    public Slice() {
        this(EMPTY);
    }

    /**
     * What {@link #quotable} adds to a byte beyond ASCII. The result is half of a surrogate pair, which no text contains by
     * itself.
     */
    public static final char QUOTED_BYTES = '\udc00';

    private static final byte[] EMPTY = new byte[0];

    /**
     * Points this slice at other bytes.
     *
     * @param newArray the array, not copied
     * @param newOffset where the view begins
     * @param newLength how many bytes it spans
     * @return this slice
     */
    public Slice wrap(byte[] newArray, int newOffset, int newLength) {
        return wrap(newArray, newOffset, newLength, null);
    }

    /**
     * Points this slice at bytes whose owner can lend them.
     *
     * @param newArray the array, not copied
     * @param newOffset where the view begins
     * @param newLength how many bytes it spans
     * @param newLender whom {@link #lend} asks; null if the bytes are never lent
     * @return this slice
     */
    public Slice wrap(byte[] newArray, int newOffset, int newLength, Lender newLender) {
        array = newArray;
        offset = newOffset;
        length = newLength;
        lender = newLender;
        return this;
    }

    /**
     * Asks the owner of the bytes to leave them as they are, so that they can be read after the running command has ended, without
     * a copy: until they are {@linkplain Lender#takeBack given back}, or for good. The owner will put changed bytes elsewhere. O(1).
     *
     * @return whether the owner does; if not, copy what you keep
     */
    public boolean lend() {
        if (lender == null) {
            return false;
        }
        lender.lend();
        return true;
    }

    /**
     * Whom {@link #lend} asks.
     *
     * @return the owner of the bytes; null if they are never lent
     */
    public Lender lender() {
        return lender;
    }

    /** The owner of bytes, who can promise not to change them. */
    @FunctionalInterface
    public interface Lender {
        /** From now on the bytes shown are left as they are, and a change is made to a copy. */
        void lend();

        /**
         * Says that one of those whom an array was lent to reads it no more, so that the owner may use it again; once for each
         * {@link #lend}, on any thread. Whoever does not say so makes the owner do without the array. O(1).
         *
         * @param array the one that was lent
         */
        default void takeBack(byte[] array) {}
    }

    /**
     * The array that holds the bytes, for bulk work together with {@link #offset()}.
     *
     * @return the backing array, not a copy
     */
    public byte[] array() {
        return array;
    }

    /**
     * Where in {@link #array()} the view begins.
     *
     * @return an index
     */
    public int offset() {
        return offset;
    }

    /**
     * How many bytes the view spans.
     *
     * @return 0 or more
     */
    public int length() {
        return length;
    }

    /**
     * One byte.
     *
     * @param index 0 to {@code length() - 1}
     * @return the byte
     */
    public byte byteAt(int index) {
        return array[offset + index];
    }

    /**
     * The bytes, to keep.
     *
     * @return a new array
     */
    public byte[] copy() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /**
     * Copies all bytes into an array.
     *
     * @param target where to
     * @param at the first index written
     */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(array, offset, target, at, length);
    }

    /**
     * The bytes as text.
     *
     * @return decoded as UTF-8, malformed sequences replaced
     */
    public String utf8() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    /**
     * Whether the bytes are this ASCII word, ignoring case. Allocates nothing.
     *
     * @param token an ASCII word, in upper case
     * @return true if equal
     */
    public boolean is(String token) {
        if (length != token.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            int b = array[offset + i];
            if (b >= 'a' && b <= 'z') {
                b -= 'a' - 'A';
            }
            if (b != token.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether both views show the same bytes.
     *
     * @param other another view
     * @return true if equal, byte for byte
     */
    public boolean contentEquals(Slice other) {
        return Arrays.equals(array, offset, offset + length, other.array, other.offset, other.offset + other.length);
    }

    /**
     * The bytes for quoting in an error message, up to the first zero byte, as Redis quotes. Bytes beyond ASCII become
     * characters from {@link #QUOTED_BYTES} on, and a reply turns these back into the very same bytes.
     *
     * @return text of as many characters as bytes
     */
    public String quotable() {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length && byteAt(i) != 0; i++) {
            byte b = byteAt(i);
            text.append(b > 0 ? (char) b : (char) (QUOTED_BYTES + (b & 0xff)));
        }
        return text.toString();
    }

    /** The bytes as Latin-1, for logs and debuggers. */
    @Override
    public String toString() {
        return new String(array, offset, length, StandardCharsets.ISO_8859_1);
    }
}

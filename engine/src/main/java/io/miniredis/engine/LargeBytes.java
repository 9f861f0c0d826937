package io.miniredis.engine;

import io.miniredis.api.ArrayPool;
import io.miniredis.api.Layout;
import io.miniredis.api.Slice;
import java.util.Arrays;

/**
 * A value of bytes that is too large for {@link Packed}: an array that a reply may go on reading after its command. When it
 * grows it takes more than it needs, so that appending costs O(1) for each byte. When it goes its array is
 * {@linkplain SpareArrays used} for others.
 */
final class LargeBytes implements Slice.Lender {
    static final long SHALLOW_BYTES = Layout.object(1, 9);

    /** No value is longer: it has to fit into an array together with a request. */
    static final int MOST_BYTES = Integer.MAX_VALUE - 64 * 1024;

    /** Up to here an array that is too small is replaced by one of twice the size, then by one that is larger by a quarter. */
    static final int DOUBLED_BYTES = 1 << 20;

    /** Another value may leave this part of the array unused. */
    private static final int UNUSED_PART = 4;

    /** What is in it after the value is undefined. Null when it was given away. */
    private byte[] array;

    private int length;
    /** How many read the array, who may have ended by now. Guarded by this, since they say so on other threads. */
    private int loans;

    private byte note;

    /** A value that is all of an array. */
    LargeBytes(byte[] array) {
        this.array = array;
        length = array.length;
    }

    /**
     * A new value.
     *
     * @param length how long it is: the bytes given, and zeros after that
     * @param room for how many bytes there is to be room
     */
    static LargeBytes of(Slice bytes, int length, int room, ArrayPool spares) {
        LargeBytes large = new LargeBytes(spares.take(room));
        bytes.copyTo(large.array, 0);
        large.length = bytes.length();
        large.grow(length);
        return large;
    }

    Slice show(Slice target) {
        return target.wrap(array, 0, length, this);
    }

    @Override
    public synchronized void lend() {
        loans++;
    }

    @Override
    public synchronized void takeBack(byte[] lent) {
        if (lent == array) { // or it has let go of that one
            loans--;
        }
    }

    private synchronized boolean isLent() {
        return loans > 0;
    }

    /** Lets go of an array that somebody may still be reading, so that the bytes can be changed. */
    void own(ArrayPool spares) {
        if (isLent()) {
            byte[] own = spares.take(array.length);
            System.arraycopy(array, 0, own, 0, length);
            letGo(own);
        }
    }

    private synchronized void letGo(byte[] own) {
        array = own;
        loans = 0;
    }

    /** How many bytes {@link #own} has to copy. */
    long lentBytes() {
        return isLent() ? array.length : 0;
    }

    /** Puts another value in the place of the old one, if nobody may be reading that and it fits without wasting much. */
    boolean overwrite(Slice value) {
        int unused = array.length - value.length();
        if (unused < 0 || unused > array.length / UNUSED_PART || isLent()) {
            return false;
        }
        value.copyTo(array, 0);
        length = value.length();
        note = 0;
        return true;
    }

    /**
     * Makes the value longer, if there is room for that and nobody may be reading it; the new bytes are zero.
     *
     * @return whether that was so
     */
    boolean grow(int newLength) {
        if (newLength > array.length || isLent()) {
            return false;
        }
        if (newLength > length) {
            Arrays.fill(array, length, newLength, (byte) 0);
            length = newLength;
        }
        return true;
    }

    /** How long the array of a value that grows becomes. */
    static int roomFor(int length) {
        long room = length <= DOUBLED_BYTES ? 2L * length : length + length / 4L;
        return (int) Math.min(room, MOST_BYTES);
    }

    LargeBytes copy(ArrayPool spares) {
        LargeBytes copy = of(show(new Slice()), length, length, spares);
        copy.note = note;
        return copy;
    }

    int note() {
        return note;
    }

    void note(int newNote) {
        note = (byte) newNote;
    }

    /** Gives its array away, unless somebody may still be reading it. Nobody may use the value any more. */
    void release(ArrayPool spares) {
        if (!isLent()) {
            spares.give(array);
            array = null;
        }
    }

    long memoryBytes() {
        return SHALLOW_BYTES + Layout.bytes(array.length);
    }
}

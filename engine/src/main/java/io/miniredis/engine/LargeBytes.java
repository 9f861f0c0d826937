package io.miniredis.engine;

import io.miniredis.api.Layout;
import io.miniredis.api.Slice;
import java.util.Arrays;

/**
 * A value of bytes that is too large for {@link Packed}: an array that a reply may go on reading after its command. When it
 * grows it takes more than it needs, so that appending costs O(1) for each byte.
 */
final class LargeBytes implements Slice.Lender {
    static final long SHALLOW_BYTES = Layout.object(1, 6);

    /** No value is longer: it has to fit into an array together with a request. */
    static final int MOST_BYTES = Integer.MAX_VALUE - 64 * 1024;

    /** Up to here an array that is too small is replaced by one of twice the size, then by one that is larger by a quarter. */
    static final int DOUBLED_BYTES = 1 << 20;

    private byte[] array;
    private int length;
    private boolean lent;
    private byte note;

    LargeBytes(byte[] array) {
        this.array = array;
        length = array.length;
    }

    Slice show(Slice target) {
        return target.wrap(array, 0, length, this);
    }

    @Override
    public void lend() {
        lent = true;
    }

    /** Lets go of an array that somebody may still be reading, so that the bytes can be changed. */
    void own() {
        if (lent) {
            array = array.clone();
            lent = false;
        }
    }

    /** How many bytes {@link #own} has to copy. */
    long lentBytes() {
        return lent ? array.length : 0;
    }

    /** Makes the value longer, and its own; the new bytes are zero. */
    void grow(int newLength) {
        if (newLength > array.length) {
            array = Arrays.copyOf(array, roomFor(newLength));
            lent = false;
        }
        own();
        length = Math.max(length, newLength); // what was never used is zero
    }

    /** How long the array of a value that grows becomes. */
    static int roomFor(int length) {
        long room = length <= DOUBLED_BYTES ? 2L * length : length + length / 4L;
        return (int) Math.min(room, MOST_BYTES);
    }

    LargeBytes copy() {
        LargeBytes copy = new LargeBytes(Arrays.copyOf(array, length));
        copy.note = note;
        return copy;
    }

    int note() {
        return note;
    }

    void note(int newNote) {
        note = (byte) newNote;
    }

    long memoryBytes() {
        return SHALLOW_BYTES + Layout.bytes(array.length);
    }
}

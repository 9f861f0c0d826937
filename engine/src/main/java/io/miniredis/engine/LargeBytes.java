package io.miniredis.engine;

import io.miniredis.api.Slice;

/** A value of bytes that is too large for {@link Packed}: an array that a reply may go on reading after its command. */
final class LargeBytes implements Slice.Lender {
    static final long SHALLOW_BYTES = Layout.object(1, 1);

    private byte[] array;
    private boolean lent;

    LargeBytes(byte[] array) {
        this.array = array;
    }

    Slice show(Slice target) {
        return target.wrap(array, 0, array.length, this);
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

    long memoryBytes() {
        return SHALLOW_BYTES + Layout.bytes(array.length);
    }
}

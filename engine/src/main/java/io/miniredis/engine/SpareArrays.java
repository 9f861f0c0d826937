package io.miniredis.engine;

import io.miniredis.api.ArrayPool;

/**
 * The arrays of values and slabs that went, to be used for others until the collector finds them. They have {@linkplain SlotSizes a few
 * dozen sizes}, so that one that is given fits many that are asked for. Thread-safe.
 */
final class SpareArrays implements ArrayPool {
    /** Longer ones are made as long as they are asked for, and not kept. */
    static final int MOST_BYTES = 4 << 20;

    /** Shorter ones are not worth keeping. */
    private static final int FEWEST_BYTES = 1 << 8;

    /** How many sizes larger an array may be than it need be, if there is no other. */
    private static final int LARGER = 2;

    /** By number of the size. */
    private final Discards<byte[]> bySize = new Discards<>(SlotSizes.number(MOST_BYTES) + 1 + LARGER);

    @Override
    public byte[] take(int length) {
        return take(length, LARGER);
    }

    /** An array of the least size that has so many bytes. */
    byte[] takeFitting(int length) {
        return take(length, 0);
    }

    private byte[] take(int length, int larger) {
        if (length < FEWEST_BYTES || length > MOST_BYTES) {
            return new byte[length];
        }
        int size = SlotSizes.number(length);
        for (int i = size; i <= size + larger; i++) {
            byte[] spare = bySize.poll(i);
            if (spare != null) {
                return spare;
            }
        }
        return new byte[SlotSizes.bytes(size)];
    }

    @Override
    public void give(byte[] array) {
        if (array.length < FEWEST_BYTES || array.length > MOST_BYTES) {
            return;
        }
        int size = SlotSizes.number(array.length);
        if (SlotSizes.bytes(size) == array.length) { // otherwise it did not come from here
            bySize.push(size, array);
        }
    }
}

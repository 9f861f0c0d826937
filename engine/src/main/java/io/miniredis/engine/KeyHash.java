package io.miniredis.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A 64-bit hash of a key's name. Sixteen bytes at a time are multiplied into 128 bits whose halves are folded together, the
 * scheme of the wyhash family (Wang Yi, 2019), from a seed drawn at start, so that nobody can choose keys that collide.
 *
 * <p>The low bits choose the shard, the high 32 bits (the tag) the place in the shard's table.
 */
final class KeyHash {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Odd, and as many ones as zeros: any such pair will do. */
    private static final long FIRST = 0x8f5c28f5d1b54a33L;

    private static final long SECOND = 0x6a09e667b53c9d17L;

    private final long seed;

    // What the bytes are mixed with. Secret too: a factor of zero swallows the other, so whoever knew these could
    // choose
    // bytes that make one.
    private final long first;
    private final long second;

    KeyHash(long seed) {
        this.seed = mix(seed ^ FIRST, SECOND);
        first = mix(this.seed ^ SECOND, FIRST);
        second = mix(first ^ FIRST, SECOND);
    }

    long of(byte[] array, int offset, int length) {
        long state = seed ^ length;
        int at = offset;
        int left = length;
        while (left > 16) {
            state = mix((long) LONG.get(array, at) ^ first, (long) LONG.get(array, at + 8) ^ state);
            at += 16;
            left -= 16;
        }
        long low;
        long high;
        if (left >= 8) {
            // The two words overlap when fewer than sixteen bytes are left; all of them are covered.
            low = (long) LONG.get(array, at);
            high = (long) LONG.get(array, at + left - 8);
        } else if (left >= 4) {
            low = (int) INT.get(array, at);
            high = (int) INT.get(array, at + left - 4);
        } else if (left > 0) {
            low = (array[at] & 0xffL) << 16 | (array[at + (left >> 1)] & 0xff) << 8 | (array[at + left - 1] & 0xff);
            high = 0;
        } else {
            low = 0;
            high = 0;
        }
        return mix(mix(low ^ first, high ^ state) ^ second, state ^ second);
    }

    private static long mix(long a, long b) {
        return a * b ^ Math.multiplyHigh(a, b);
    }

    /** The tag of a key's name. */
    int tagOf(byte[] array, int offset, int length) {
        return tag(of(array, offset, length));
    }

    /** The part of a hash that a table stores and orders by. Never 0, which marks an empty slot. */
    static int tag(long hash) {
        int tag = (int) (hash >>> 32);
        return tag == 0 ? 1 : tag;
    }
}

package demo.bloomfilter;

import io.miniredis.api.Slice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Turns items into 64 bits that are as good as random, always the same ones: filters are written and read again. Whoever
 * knows the function can make items that collide, so it is no protection against those who want that.
 */
final class ItemHash {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private ItemHash() {}

    /** The hash of an item's bytes, eight at a time. Allocates nothing. */
    static long of(Slice item) {
        byte[] array = item.array();
        int at = item.offset();
        int end = at + item.length();
        // The length makes a difference between items that differ in zeros at the end.
        long hash = mix(item.length());
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            hash = mix(hash ^ (long) LONG.get(array, at));
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = rest << Byte.SIZE | (array[at] & 0xff);
        }
        return mix(hash ^ rest);
    }

    /** Spreads what is in some bits over all of them; no two numbers become the same. */
    static long mix(long bits) {
        long z = bits + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miniredis.api.Slice;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bits, read and counted many at a time, against one at a time. */
final class BitsTest {
    private static final int BYTES = 40;

    private final Random random = new Random(7);

    private byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    private static int bit(byte[] bytes, long offset) {
        return offset >> 3 < bytes.length ? (bytes[(int) (offset >> 3)] >> Bits.shift(offset)) & 1 : 0;
    }

    @Test
    void readsWhatOneBitAtATimeReads() {
        byte[] bytes = bytes();
        for (int offset = 0; offset < BYTES * 8 + 20; offset++) {
            for (int width = 1; width <= 64; width++) {
                long expected = 0;
                for (int i = 0; i < width; i++) {
                    expected = expected << 1 | bit(bytes, offset + i);
                }
                assertEquals(expected, Bits.read(new Slice(bytes), offset, width));
            }
        }
    }

    @Test
    void writesThoseBitsAndNoOthers() {
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = bytes();
            byte[] expected = bytes.clone();
            int width = 1 + random.nextInt(64);
            int offset = random.nextInt(BYTES * 8 - width + 1);
            long field = random.nextLong();
            for (int i = 0; i < width; i++) {
                int at = offset + i;
                int mask = 1 << Bits.shift(at);
                boolean set = ((field >>> (width - 1 - i)) & 1) == 1;
                expected[at >> 3] = (byte) (set ? expected[at >> 3] | mask : expected[at >> 3] & ~mask);
            }
            Bits.write(new Slice(bytes), offset, width, field);
            assertArrayEquals(expected, bytes);
        }
    }

    @Test
    void countsAndFindsWhatOneBitAtATimeDoes() {
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = random.nextInt(3) == 0 ? new byte[BYTES] : bytes();
            bytes[random.nextInt(BYTES)] = 1;
            int from = random.nextInt(BYTES * 8);
            int to = from + random.nextInt(BYTES * 8 - from + 1);
            long count = 0;
            long firstSet = -1;
            long firstClear = -1;
            for (int i = to - 1; i >= from; i--) {
                count += bit(bytes, i);
                firstSet = bit(bytes, i) == 1 ? i : firstSet;
                firstClear = bit(bytes, i) == 0 ? i : firstClear;
            }
            Slice value = new Slice(bytes);
            assertEquals(count, Bits.count(value, from, to));
            assertEquals(firstSet, Bits.find(value, true, from, to));
            assertEquals(firstClear, Bits.find(value, false, from, to));
        }
    }
}

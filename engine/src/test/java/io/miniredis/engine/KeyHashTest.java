package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hash of keys: each bit counts, nobody can foresee it, and both ends of it spread. */
final class KeyHashTest {
    private final KeyHash hash = new KeyHash(12345);

    private long hash(byte[] bytes) {
        return hash.of(bytes, 0, bytes.length);
    }

    @Test
    void everyBitOfEveryByteCountsAtAnyLength() {
        SplittableRandom random = new SplittableRandom(1);
        for (int length = 0; length <= 64; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            long original = hash(bytes);
            for (int bit = 0; bit < 8 * length; bit++) {
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                assertNotEquals(original, hash(bytes), "length " + length + ", bit " + bit);
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
            }
            assertEquals(original, hash(bytes));
        }
    }

    @Test
    void theLengthCounts() {
        Set<Long> hashes = new HashSet<>();
        for (int length = 0; length <= 100; length++) {
            assertTrue(hashes.add(hash(new byte[length])), "length " + length);
        }
    }

    @Test
    void onlyTheGivenBytesCount() {
        byte[] around = "..key:1..".getBytes(US_ASCII);
        long inside = hash.of(around, 2, 5);
        assertEquals(hash("key:1".getBytes(US_ASCII)), inside);
        around[1] = 'x';
        around[7] = 'x';
        assertEquals(inside, hash.of(around, 2, 5));
    }

    @Test
    void theOrderOfWordsCounts() {
        byte[] one = new byte[48];
        Arrays.fill(one, 0, 16, (byte) 1);
        Arrays.fill(one, 16, 32, (byte) 2);
        byte[] other = new byte[48];
        Arrays.fill(other, 0, 16, (byte) 2);
        Arrays.fill(other, 16, 32, (byte) 1);
        assertNotEquals(hash(one), hash(other));
    }

    @Test
    void anotherSeedGivesOtherHashes() {
        Set<Long> hashes = new HashSet<>();
        byte[] key = "key:1".getBytes(US_ASCII);
        for (long seed = 0; seed < 1000; seed++) {
            assertTrue(hashes.add(new KeyHash(seed).of(key, 0, key.length)));
            assertTrue(hashes.add(new KeyHash(-1L << 40 ^ seed << 20).of(new byte[0], 0, 0)) || seed == 0);
        }
    }

    /** Words that turn a factor to zero would make everything multiplied with it irrelevant; no known word may. */
    @ParameterizedTest
    @ValueSource(longs = {0x8f5c28f5d1b54a33L, 0x6a09e667b53c9d17L, 0, -1, 1, Long.MIN_VALUE})
    void noWordSwallowsItsNeighbour(long word) {
        for (int length : new int[] {16, 24, 32, 40, 64}) {
            for (int at = 0; at <= length - 8; at += 8) {
                Set<Long> hashes = new HashSet<>();
                for (int i = 0; i < 100; i++) {
                    ByteBuffer key = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
                    key.putLong((at ^ 8) < length ? at ^ 8 : 0, i);
                    key.putLong(at, word);
                    hashes.add(hash(key.array()));
                }
                assertEquals(100, hashes.size(), "length " + length + ", word at " + at);
            }
        }
    }

    /** Ordinary keys, counted by the bits that choose shards and those that choose places in a table. */
    @Test
    void lowAndHighBitsSpread() {
        int[][] counts = new int[4][256];
        int keys = 256 * 200;
        for (int i = 0; i < keys; i++) {
            byte[] key = ("user:" + i + ":session").getBytes(US_ASCII);
            long bits = hash(key);
            counts[0][(int) bits & 0xff]++;
            counts[1][(int) (bits >>> 56)]++;
            counts[2][KeyHash.tag(bits) & 0xff]++;
            counts[3][KeyHash.tag(bits) >>> 24]++;
        }
        for (int[] count : counts) {
            double chiSquare = 0;
            for (int observed : count) {
                chiSquare += (observed - 200.0) * (observed - 200.0) / 200.0;
            }
            // 255 degrees of freedom: mean 255, deviation 22.6.
            assertTrue(chiSquare < 255 + 5 * 22.6, "chi square " + chiSquare);
        }
    }

    @Test
    void tagsOfMillionsOfKeysCollideNoMoreThanByChance() {
        Set<Integer> tags = new HashSet<>();
        int keys = 300_000;
        byte[] key = new byte[8];
        for (int i = 0; i < keys; i++) {
            ByteBuffer.wrap(key).putLong(i);
            tags.add(KeyHash.tag(hash(key)));
        }
        // By chance: n * n / 2 / 2^32 = 10.5.
        assertTrue(keys - tags.size() < 40, keys - tags.size() + " collisions");
    }

    @Test
    void noTagIsZero() {
        assertEquals(1, KeyHash.tag(0));
        assertEquals(1, KeyHash.tag(0xffff_ffffL));
        assertEquals(-1, KeyHash.tag(-1));
        assertEquals(0x12345678, KeyHash.tag(0x12345678_9abcdef0L));
    }
}

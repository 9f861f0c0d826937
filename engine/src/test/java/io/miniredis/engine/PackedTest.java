package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.Layout;
import io.miniredis.api.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Key and value in one array. */
final class PackedTest {

    private static Slice slice(String text) {
        byte[] bytes = (".." + text + "..").getBytes(StandardCharsets.ISO_8859_1);
        return new Slice().wrap(bytes, 2, text.length());
    }

    private static String value(byte[] packed) {
        return Packed.value(packed, new Slice()).toString();
    }

    private static boolean hasKey(byte[] packed, String key) {
        Slice slice = slice(key);
        return Packed.hasKey(packed, slice.array(), slice.offset(), slice.length());
    }

    @Test
    void holdsTypeKeyAndValueOfAllLengths() {
        for (int keyLength = 0; keyLength < 40; keyLength++) {
            for (int valueLength = 0; valueLength < 40; valueLength++) {
                String key = "k".repeat(keyLength);
                String value = "v".repeat(valueLength);
                byte[] packed = Packed.pack(200, slice(key), slice(value));
                assertEquals(200, Packed.type(packed));
                assertEquals(key, Packed.key(packed, new Slice()).toString());
                assertEquals(value, value(packed));
                assertTrue(hasKey(packed, key));
                assertFalse(hasKey(packed, key + "k"));
                assertFalse(hasKey(packed, "x" + key));
            }
        }
    }

    @Test
    void paddingOfTheJvmIsUsedAsSlack() {
        for (int length = 0; length < 100; length++) {
            byte[] packed = Packed.pack(0, slice("key"), slice("v".repeat(length)));
            assertEquals(Layout.unpaddedBytes(packed.length), packed.length);
            assertTrue(packed.length - (7 + 3 + length) < 8);
            assertEquals(Layout.bytes(packed.length), Packed.memoryBytes(packed));
        }
    }

    @Test
    void anotherValueGoesInPlaceIfItFits() {
        byte[] packed = Packed.pack(1, slice("eightkey"), slice("v"));
        int room = packed.length - 7 - 8;
        assertEquals(1, room);
        assertTrue(Packed.overwrite(packed, 1, slice("w")));
        assertEquals("w", value(packed));
        assertTrue(Packed.overwrite(packed, 1, slice("")));
        assertEquals("", value(packed));
        assertFalse(Packed.overwrite(packed, 1, slice("ww")));
        assertFalse(Packed.overwrite(packed, 2, slice("w")));
        assertEquals("", value(packed));
        assertEquals(1, Packed.type(packed));
        assertTrue(hasKey(packed, "eightkey"));
    }

    @Test
    void aMuchShorterValueIsNotPutInPlace() {
        byte[] packed = Packed.pack(0, slice("key"), slice("v".repeat(1000)));
        assertFalse(Packed.overwrite(packed, 0, slice("v".repeat(100))));
        assertEquals(1000, value(packed).length());
        assertTrue(Packed.overwrite(packed, 0, slice("w".repeat(900))));
        assertEquals("w".repeat(900), value(packed));
        assertTrue(Packed.overwrite(packed, 0, slice("x".repeat(1000))));
        assertEquals("x".repeat(1000), value(packed));
    }

    @Test
    void slackIsNeverMoreThanItsByteHolds() {
        byte[] packed = Packed.pack(0, slice("key"), slice("v".repeat(4000)));
        int room = packed.length - 7 - 3;
        assertTrue(Packed.overwrite(packed, 0, slice("w".repeat(room - 255))));
        assertEquals("w".repeat(room - 255), value(packed));
        assertFalse(Packed.overwrite(packed, 0, slice("w".repeat(room - 256))));
        assertEquals("w".repeat(room - 255), value(packed));
    }

    @Test
    void theValueMayComeFromTheArrayItself() {
        byte[] packed = Packed.pack(0, slice("key"), slice("abcdefgh"));
        Slice own = Packed.value(packed, new Slice());
        Slice tail = new Slice().wrap(own.array(), own.offset() + 3, 5);
        assertTrue(Packed.overwrite(packed, 0, tail));
        assertEquals("defgh", value(packed));
    }

    @Test
    void fourKilobytesAreTheLimit() {
        assertTrue(Packed.fits(0, 0));
        assertTrue(Packed.fits(89, 4000));
        assertFalse(Packed.fits(90, 4000));
        assertTrue(Packed.fits(4089, 0));
        assertFalse(Packed.fits(4090, 0));
        assertFalse(Packed.fits(1 << 16, 0));
        assertFalse(Packed.fits(Integer.MAX_VALUE, Integer.MAX_VALUE));
        byte[] largest = Packed.pack(255, slice("k".repeat(4089)), slice(""));
        assertEquals(255, Packed.type(largest));
        assertEquals(4089, Packed.keyLength(largest));
        assertEquals(0, Packed.valueLength(largest));
    }

    /** Keys and values on both sides of the limit, and far beyond what two bytes of length could say. */
    @Test
    void longKeysAndValuesLiveOutsideTheArray() {
        try (TestEngine engine = TestEngine.started()) {
            TestClient client = engine.connect();
            for (int keyLength : new int[] {0, 1, 4091, 4092, 4093, 65_535, 65_536, 70_000, 200_000}) {
                for (int valueLength : new int[] {0, 1, 2, 5000}) {
                    String key = "k".repeat(keyLength);
                    String value = "v".repeat(valueLength);
                    assertEquals("+OK", client.send("SET", key, value));
                    assertEquals("'" + value + "'", client.send("GET", key));
                }
            }
            assertEquals("9", client.run("DBSIZE"));
            assertEquals(engine.measuredBytes(), engine.memoryBytes());
        }
    }

    /** Growing and shrinking across the limit, by one byte and by many. */
    @Test
    void aValueMovesInAndOut() {
        try (TestEngine engine = TestEngine.started()) {
            TestClient client = engine.connect();
            for (int length : new int[] {10, 5000, 5001, 10, 4089, 4090, 4089, 0, 100_000, 0}) {
                assertEquals("+OK", client.send("SET", "key", "v".repeat(length)));
                assertEquals("'" + "v".repeat(length) + "'", client.send("GET", "key"));
                assertEquals(engine.measuredBytes(), engine.memoryBytes(), "at " + length);
            }
            byte[] zeros = new byte[3];
            Arrays.fill(zeros, (byte) '0');
            assertEquals("+OK", client.send("SET", "key", new String(zeros, StandardCharsets.US_ASCII)));
            assertEquals("'000'", client.run("GET key"));
        }
    }
}

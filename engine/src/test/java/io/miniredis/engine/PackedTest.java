package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.miniredis.api.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Key and value in one slot. */
final class PackedTest {
    private final Slabs slabs = new Slabs(new SpareArrays());

    private static Slice slice(String text) {
        byte[] bytes = (".." + text + "..").getBytes(StandardCharsets.ISO_8859_1);
        return new Slice().wrap(bytes, 2, text.length());
    }

    private Packed pack(int type, String key, String value) {
        return new Packed().create(slabs, type, slice(key), slice(value), value.length());
    }

    private static String value(Packed packed) {
        return packed.value(new Slice()).toString();
    }

    private String key(Packed packed) {
        return Packed.key(slabs.array(packed.place()), Slabs.offset(packed.place()), new Slice())
                .toString();
    }

    private boolean hasKey(Packed packed, String key) {
        Slice slice = slice(key);
        return Packed.hasKey(
                slabs.array(packed.place()),
                Slabs.offset(packed.place()),
                slice.array(),
                slice.offset(),
                slice.length());
    }

    @Test
    void holdsTypeKeyAndValueOfAllLengths() {
        List<Packed> all = new ArrayList<>();
        for (int keyLength = 0; keyLength < 40; keyLength++) {
            for (int valueLength = 0; valueLength < 40; valueLength++) {
                all.add(pack(200, "k".repeat(keyLength), "v".repeat(valueLength)));
            }
        }
        int at = 0;
        for (int keyLength = 0; keyLength < 40; keyLength++) {
            for (int valueLength = 0; valueLength < 40; valueLength++) {
                Packed packed = all.get(at++);
                String key = "k".repeat(keyLength);
                assertEquals(200, packed.type());
                assertEquals(key, key(packed));
                assertEquals("v".repeat(valueLength), value(packed));
                assertTrue(hasKey(packed, key));
                assertFalse(hasKey(packed, key + "k"));
                assertFalse(hasKey(packed, "x" + key));
                assertTrue(packed.memoryBytes() - (8 + keyLength + valueLength) < 8);
            }
        }
    }

    @Test
    void whatIsUsedAndNotedStaysWithIt() {
        Packed packed = pack(3, "key", "value");
        assertEquals(0, packed.used());
        assertEquals(0, packed.note());
        packed.use(0xabcdef);
        packed.note(15);
        assertEquals(0xabcdef, packed.used());
        assertEquals(15, packed.note());
        assertEquals(3, packed.type());
        assertEquals("key", key(packed));
        assertEquals("value", value(packed));
        Packed another = new Packed().show(slabs, packed.place());
        assertEquals(0xabcdef, another.used());
        assertTrue(packed.overwrite(3, slice("other")));
        assertEquals(0xabcdef, packed.used());
        assertEquals(0, packed.note(), "another value has not earned it");
    }

    /** A slot that was used before may hold anything. */
    @Test
    void aUsedSlotShowsNothingOfWhatWasThere() {
        Packed first = pack(9, "first", "v".repeat(30));
        first.use(77);
        first.note(7);
        slabs.free(first.place());
        slabs.tidy((from, to) -> fail("nothing has to move"));
        Packed second = new Packed().create(slabs, 1, slice("2nd"), slice("w"), 30);
        assertEquals(first.place(), second.place());
        assertEquals(0, second.used());
        assertEquals(0, second.note());
        assertEquals("w" + "\0".repeat(29), value(second));
    }

    @Test
    void anotherValueGoesInPlaceIfItFits() {
        Packed packed = pack(1, "eightkey", "v");
        assertEquals(24, packed.memoryBytes());
        assertTrue(packed.overwrite(1, slice("12345678")));
        assertEquals("12345678", value(packed));
        assertTrue(packed.overwrite(1, slice("")));
        assertEquals("", value(packed));
        assertFalse(packed.overwrite(1, slice("123456789")));
        assertFalse(packed.overwrite(2, slice("w")));
        assertEquals("", value(packed));
        assertEquals(1, packed.type());
        assertTrue(hasKey(packed, "eightkey"));
    }

    @Test
    void aMuchShorterValueIsNotPutInPlace() {
        Packed packed = pack(0, "key", "v".repeat(1000));
        assertFalse(packed.overwrite(0, slice("v".repeat(100))));
        assertEquals(1000, value(packed).length());
        assertTrue(packed.overwrite(0, slice("w".repeat(900))));
        assertEquals("w".repeat(900), value(packed));
        assertTrue(packed.overwrite(0, slice("x".repeat(1000))));
        assertEquals("x".repeat(1000), value(packed));
    }

    @Test
    void growsIntoWhatItsSlotHas() {
        Packed packed = pack(0, "eightkey", "value");
        assertTrue(packed.grow(8));
        assertEquals("value\0\0\0", value(packed));
        assertFalse(packed.grow(9));
        assertEquals("value\0\0\0", value(packed));
    }

    @Test
    void theValueMayComeFromTheSlotItself() {
        Packed packed = pack(0, "key", "abcdefgh");
        Slice own = packed.value(new Slice());
        Slice tail = new Slice().wrap(own.array(), own.offset() + 3, 5);
        assertTrue(packed.overwrite(0, tail));
        assertEquals("defgh", value(packed));
    }

    @Test
    void fourKilobytesAreTheLimit() {
        assertTrue(Packed.fits(0, 0));
        assertTrue(Packed.fits(88, 4000));
        assertFalse(Packed.fits(89, 4000));
        assertTrue(Packed.fits(4088, 0));
        assertFalse(Packed.fits(4089, 0));
        assertFalse(Packed.fits(1 << 16, 0));
        assertFalse(Packed.fits(Integer.MAX_VALUE, Integer.MAX_VALUE));
        Packed largestKey = pack(254, "k".repeat(4088), "");
        assertEquals(254, largestKey.type());
        assertEquals(4088, key(largestKey).length());
        assertEquals("", value(largestKey));
        assertEquals(4088, value(pack(0, "", "v".repeat(4088))).length());
    }

    /** Keys and values on both sides of the limit, and far beyond what two bytes of length could say. */
    @Test
    void longKeysAndValuesLiveOutside() {
        try (TestEngine engine = TestEngine.started()) {
            TestClient client = engine.connect();
            for (int keyLength : new int[] {0, 1, 4087, 4088, 4089, 65_535, 65_536, 70_000, 200_000}) {
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
            for (int length : new int[] {10, 5000, 5001, 10, 4085, 4086, 4085, 0, 100_000, 0}) {
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

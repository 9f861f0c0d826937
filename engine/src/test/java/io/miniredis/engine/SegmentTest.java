package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SegmentTest {
    private static final int DEPTH = 2;

    private final Slabs slabs = new Slabs(new SpareArrays());
    private final Map<String, Integer> tags = new HashMap<>();

    /** Wherever the tags are: spread out, close to each other, at the ends. */
    @ParameterizedTest
    @ValueSource(ints = {8, 16, 64, 1024})
    void isDividedAndJoinedAgain(int capacity) {
        SplittableRandom random = new SplittableRandom(capacity);
        int inPlace = 0;
        for (int round = 0; round < 2000; round++) {
            Segment segment = filled(random, capacity);
            Segment upper = new Segment(DEPTH + 1, capacity, slabs);
            Segment lower = segment.divideWith(upper);
            inPlace += lower.tags == segment.tags ? 1 : 0;
            assertEquals(tags.size(), lower.size() + upper.size());
            int volatiles = 0;
            for (Map.Entry<String, Integer> key : tags.entrySet()) {
                boolean isUpper = key.getValue() << DEPTH < 0;
                assertIsIn(isUpper ? upper : lower, key.getKey(), key.getValue());
                volatiles += expiry(key.getValue()) < 0 ? 0 : 1;
            }
            assertEquals(volatiles, lower.volatiles() + upper.volatiles());
            if (lower.isRoomyFor(tags.size())) {
                Segment joined = lower.joinedWith(upper);
                assertSame(lower.tags, joined.tags);
                tags.forEach((key, tag) -> assertIsIn(joined, key, tag));
                assertEquals(tags.size(), joined.size());
                assertEquals(volatiles, joined.volatiles());
            }
        }
        assertTrue(inPlace > 200 && inPlace < 2000, inPlace + " in place");
    }

    /** A segment with keys in random numbers and places. */
    private Segment filled(SplittableRandom random, int capacity) {
        Segment segment = new Segment(DEPTH, capacity, slabs);
        tags.clear();
        int keys = random.nextInt(capacity * 13 / 16 + 1);
        int spread = random.nextInt(31);
        int around = random.nextInt();
        for (int i = 0; i < keys; i++) {
            int tag = (around + (random.nextInt() >> spread)) << DEPTH >>> DEPTH | 0x4000_0000;
            String key = "key:" + i;
            byte[] name = key.getBytes(ISO_8859_1);
            segment.add(tag, new Entry(name, Bag.TYPE, new Bag()), expiry(tag), tag >>> 7 & 0xff);
            tags.put(key, tag);
        }
        return segment;
    }

    private static long expiry(int tag) {
        return (tag & 0x70) == 0 ? tag : -1;
    }

    private static void assertIsIn(Segment segment, String key, int tag) {
        byte[] name = key.getBytes(ISO_8859_1);
        int slot = segment.find(tag, name, 0, name.length);
        assertTrue(slot >= 0, key);
        assertEquals(key, new String(segment.entry(slot).key, ISO_8859_1));
        assertEquals(expiry(tag), segment.expiresAtMillis(slot));
        assertEquals(tag >>> 7 & 0xff, segment.bits(slot));
    }
}

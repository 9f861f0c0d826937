package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Memory in slots, with a map beside it that knows what each place holds. */
final class SlabsTest implements Slabs.Owner {
    private final Slabs slabs = new Slabs(new SpareArrays());

    /** What was written to each place: so many bytes of such a value. */
    private final Map<Integer, Content> model = new HashMap<>();

    private final List<Integer> places = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(3);
    private int moves;

    private static final class Content {
        final int bytes;
        final byte value;

        /** Where its place is in the list of places. */
        int index;

        Content(int bytes, byte value, int index) {
            this.bytes = bytes;
            this.value = value;
            this.index = index;
        }
    }

    @Override
    public void moved(int from, int to) {
        moves++;
        Content content = model.remove(from);
        assertTrue(content != null, "nothing is at " + from);
        assertNull(model.put(to, content), "two at one place");
        places.set(content.index, to);
    }

    private int put(int bytes) {
        int place = slabs.take(bytes);
        byte value = (byte) random.nextInt(100);
        Arrays.fill(slabs.array(place), Slabs.offset(place), Slabs.offset(place) + bytes, value);
        assertNull(model.put(place, new Content(bytes, value, places.size())), "two at one place");
        places.add(place);
        return place;
    }

    private void freeAt(int index) {
        int place = places.get(index);
        int last = places.remove(places.size() - 1);
        if (last != place) {
            places.set(index, last);
            model.get(last).index = index;
        }
        slabs.free(place);
        model.remove(place);
    }

    private void freeRandom() {
        freeAt(random.nextInt(places.size()));
    }

    private void tidyAll() {
        while (!slabs.tidy(this)) {
            // until there is nothing left to do
        }
    }

    private long usedBytes() {
        return model.values().stream()
                .mapToLong(content -> SlotSizes.fitting(content.bytes))
                .sum();
    }

    private void check() {
        model.forEach((place, content) -> {
            byte[] expected = new byte[content.bytes];
            Arrays.fill(expected, content.value);
            int at = Slabs.offset(place);
            assertTrue(Arrays.equals(slabs.array(place), at, at + content.bytes, expected, 0, content.bytes));
            assertEquals(SlotSizes.fitting(content.bytes), slabs.slotBytes(place));
        });
    }

    @Test
    void placesHoldWhatIsWrittenToThem() {
        for (int round = 0; round < 30; round++) {
            int most = round % 3 == 0 ? 4096 : 200;
            for (int i = 0; i < 500; i++) {
                put(1 + random.nextInt(most));
            }
            check();
            int goes = random.nextInt(places.size());
            for (int i = 0; i < goes; i++) {
                freeRandom();
                if (i % 50 == 0) {
                    slabs.tidy(this);
                }
            }
            check();
            tidyAll();
            check();
        }
        assertTrue(moves > 0);
    }

    @Test
    void theSlackIsWhatIsNotInUse() {
        long empty = slabs.slackBytes();
        int place = put(56);
        int slots = slabs.array(place).length / 56;
        long withOne = slabs.slackBytes();
        assertTrue(withOne > empty + (slots - 1) * 56L);
        for (int i = 1; i < slots; i++) {
            put(56);
        }
        assertEquals(withOne - (slots - 1) * 56L, slabs.slackBytes());
        freeAt(0);
        tidyAll();
        freeAt(0);
        long freed = slabs.slackBytes();
        tidyAll();
        assertEquals(freed, slabs.slackBytes(), "what is freed is slack at once");
    }

    @Test
    void aFewKeysTakeLittle() {
        put(56);
        assertTrue(slabs.slackBytes() < 1500, slabs.slackBytes() + " bytes");
        assertEquals(4096, slabs.array(put(4096)).length);
    }

    @Test
    void manyKeysLeaveLittleUnused() {
        for (int i = 0; i < 20_000; i++) {
            put(56);
            boolean isMany = i > 500;
            assertFalse(
                    isMany && slabs.slackBytes() > 2000 + usedBytesOf(i + 1, 56) / 5, slabs.slackBytes() + " of " + i);
        }
        assertEquals(Shelf.SLAB_BYTES, slabs.array(put(56)).length);
    }

    private static long usedBytesOf(int entries, int bytes) {
        return (long) entries * bytes;
    }

    /** A command may hold slices of what it has replaced or deleted. */
    @Test
    void whatIsFreedStaysUntilItIsTidiedUp() {
        int place = put(100);
        byte[] array = slabs.array(place);
        byte[] before = Arrays.copyOfRange(array, Slabs.offset(place), Slabs.offset(place) + 100);
        freeAt(0);
        for (int i = 0; i < 100; i++) {
            assertNotEquals(place, put(100));
        }
        assertEquals(
                List.of(before.length, Arrays.hashCode(before)),
                List.of(
                        100,
                        Arrays.hashCode(Arrays.copyOfRange(array, Slabs.offset(place), Slabs.offset(place) + 100))));
        tidyAll();
        assertEquals(place, slabs.take(100), "what was freed last is taken first");
    }

    @Test
    void halfOfTheSlotsAreInUseAfterMostWasFreed() {
        for (int i = 0; i < 50_000; i++) {
            put(56);
        }
        while (places.size() > 5000) {
            freeRandom();
            if (places.size() % 100 == 0) {
                tidyAll();
            }
        }
        tidyAll();
        check();
        assertTrue(slabs.slackBytes() < usedBytes() + 2 * Shelf.SLAB_BYTES, slabs.slackBytes() + " are free");
        assertTrue(moves < 45_000, moves + " moves for 45,000 that were freed");
    }

    @Test
    void tidyingMovesLittleAtATime() {
        for (int i = 0; i < 20_000; i++) {
            put(56);
        }
        while (places.size() > 5000) {
            freeRandom();
        }
        boolean isTidy = false;
        int steps = 0;
        while (!isTidy) {
            int before = moves;
            isTidy = slabs.tidy(this);
            steps++;
            int most = steps == 1 ? 256 : 16; // as many as were freed, up to a limit, and then few
            assertTrue(moves - before <= most, moves - before + " moves in step " + steps);
        }
        assertTrue(steps > 100, steps + " steps");
        check();
    }

    @Test
    void oneKeyThatComesAndGoesMakesNoSlabs() {
        byte[] array = slabs.array(put(56));
        for (int i = 0; i < 100; i++) {
            freeAt(0);
            tidyAll();
            assertEquals(array, slabs.array(put(56)));
        }
        assertEquals(0, moves);
    }

    @Test
    void compactingLeavesLessThanAnEighthFree() {
        for (int i = 0; i < 30_000; i++) {
            put(56);
        }
        for (int i = 0; i < 10_000; i++) {
            freeRandom();
        }
        tidyAll();
        long before = slabs.slackBytes();
        assertTrue(moves < 1000, "more than half of nearly each slab is in use");
        while (slabs.compact(this)) {
            // until it is not worth it
        }
        check();
        assertTrue(slabs.slackBytes() < before / 2, before + " and then " + slabs.slackBytes());
        assertTrue(slabs.slackBytes() < usedBytes() / 7 + Shelf.SLAB_BYTES, slabs.slackBytes() + " are free");
        assertFalse(new Slabs(new SpareArrays()).compact(this));
    }

    /** The number of a slab that is gone is another one's later, while the list of sparse slabs may name the first. */
    @Test
    void slabsThatAreGoneAreForgotten() {
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 5000; i++) {
                put(1 + random.nextInt(100));
            }
            for (int i = 0; i < 4900; i++) {
                freeRandom();
            }
            slabs.compact(this);
            for (int i = 0; i < 3000; i++) {
                put(400 + random.nextInt(100));
            }
            slabs.compact(this);
            slabs.tidy(this);
            check();
        }
        tidyAll();
        check();
    }

    @Test
    void whatIsDroppedHoldsNothing() {
        int place = put(56);
        slabs.drop();
        assertNull(slabs.arrayUnlocked(place));
    }

    @Test
    void aHintWithoutTheLockIsAnArrayOrNull() {
        int place = put(56);
        assertEquals(slabs.array(place), slabs.arrayUnlocked(place));
        assertNull(slabs.arrayUnlocked(Slabs.NOWHERE));
        assertNull(slabs.arrayUnlocked(-1));
        assertTrue(Layout.bytes(slabs.array(place).length) < 1000);
    }
}

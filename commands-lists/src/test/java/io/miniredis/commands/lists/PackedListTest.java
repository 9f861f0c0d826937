package io.miniredis.commands.lists;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import io.miniredis.api.Reply;
import io.miniredis.api.Slice;
import io.miniredis.testkit.ScribblingPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PackedListTest {
    /** Around each border: of the one-byte length, of the two-byte length, of a chunk, of an array's start. */
    private static final int[] LENGTHS = {
        0, 1, 2, 15, 16, 63, 64, 126, 127, 128, 129, 1000, 2032, 2034, 2036, 2040, 4065, 4069, 4070, 4071, 4072, 4073,
        4074, 4080, 4096, 8192, 16383, 16384, 65535, 65536, 1 << 20
    };

    private final ScribblingPool pool = new ScribblingPool();

    /** What was last written to the reply. */
    private byte[] popped;

    /** All that was written to the reply. */
    private final List<byte[]> written = new ArrayList<>();

    private final Reply reply = mock(Reply.class, withSettings().stubOnly());

    @BeforeEach
    void keepWhatIsWritten() {
        doAnswer(call -> {
                    byte[] array = call.getArgument(0);
                    int offset = call.getArgument(1);
                    int length = call.getArgument(2);
                    popped = Arrays.copyOfRange(array, offset, offset + length);
                    written.add(popped);
                    return null;
                })
                .when(reply)
                .bulk(any(), anyInt(), anyInt());
    }

    private PackedList pooled() {
        return new PackedList().using(pool);
    }

    @Test
    void headAndTailKeepTheirOrder() {
        PackedList list = new PackedList();
        push(list, ListEnd.TAIL, bytes("b"));
        push(list, ListEnd.TAIL, bytes("c"));
        push(list, ListEnd.HEAD, bytes("a"));
        assertEquals(List.of("a", "b", "c"), strings(list));
    }

    @Test
    void elementsOfEachLengthComeBackFromBothEnds() {
        for (ListEnd end : ListEnd.values()) {
            for (int length : LENGTHS) {
                PackedList list = new PackedList();
                byte[] element = pattern(length, 1);
                push(list, end, pattern(3, 2));
                push(list, end, element);
                push(list, end, pattern(3, 3));
                assertElements(list, orderedFrom(end, List.of(pattern(3, 3), element, pattern(3, 2))));
                assertArrayEquals(pattern(3, 3), pop(list, end));
                assertArrayEquals(element, pop(list, end));
                assertArrayEquals(pattern(3, 2), pop(list, end));
                assertEquals(0, list.size());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 63, 64, 127, 128, 1000, 2033, 2034, 4070, 4071, 8192})
    void manyElementsOfOneLengthAreFoundByEachIndex(int length) {
        PackedList list = new PackedList();
        List<byte[]> expected = new ArrayList<>();
        int count = Math.max(5, 20_000 / (length + 1));
        for (int i = 0; i < count; i++) {
            byte[] element = pattern(length, i);
            push(list, ListEnd.TAIL, element);
            expected.add(element);
        }
        assertElements(list, expected);
        for (int i = 0; i < count; i += 1 + i / 50) {
            assertArrayEquals(expected.get(i), at(list, i));
        }
        list.remove(ListEnd.HEAD, count / 3);
        list.remove(ListEnd.TAIL, count / 3);
        assertElements(list, expected.subList(count / 3, count - count / 3));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void behavesAsAnArrayListWouldWhateverIsDone(long seed) {
        Random random = new Random(seed);
        PackedList list = pooled();
        List<byte[]> expected = new ArrayList<>();
        for (int round = 0; round < 200; round++) {
            act(random, list, expected);
            assertEquals(expected.size(), list.size());
            assertIsSound(list);
            if (round % 10 == 0) {
                assertElements(list, expected);
                assertElements(list.copy(), expected);
                pool.verify();
            }
            if (!expected.isEmpty()) {
                int index = random.nextInt(expected.size());
                assertArrayEquals(expected.get(index), at(list, index));
            }
        }
    }

    private void act(Random random, PackedList list, List<byte[]> expected) {
        ListEnd end = random.nextBoolean() ? ListEnd.HEAD : ListEnd.TAIL;
        int times = 1 << random.nextInt(9);
        int kind = random.nextInt(10);
        for (int i = 0; i < times; i++) {
            if (kind < 6) {
                byte[] element = pattern(randomLength(random, kind), random.nextInt());
                push(list, end, element);
                expected.add(end == ListEnd.HEAD ? 0 : expected.size(), element);
            } else if (kind < 9 && !expected.isEmpty()) {
                byte[] removed = expected.remove(end == ListEnd.HEAD ? 0 : expected.size() - 1);
                assertArrayEquals(removed, pop(list, end));
            }
        }
        if (kind == 9) {
            int count = Math.min(times, expected.size());
            list.remove(end, count);
            int from = end == ListEnd.HEAD ? 0 : expected.size() - count;
            expected.subList(from, from + count).clear();
        }
    }

    private static int randomLength(Random random, int kind) {
        return switch (kind) {
            case 0 -> random.nextInt(100) == 0 ? 10_000 : 300;
            case 1 -> random.nextInt(3000);
            case 2 -> 0;
            default -> random.nextInt(40);
        };
    }

    /** Elements come from few, so that some are equal. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void behavesAsAnArrayListWouldWhateverIsDoneInTheMiddle(long seed) {
        Random random = new Random(seed);
        byte[][] elements = new byte[12][];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = pattern(randomLength(random, random.nextInt(6)), i);
        }
        elements[0] = pattern(5000, 0);
        PackedList list = pooled();
        List<byte[]> expected = new ArrayList<>();
        for (int round = 0; round < 300; round++) {
            if (expected.isEmpty() || random.nextInt(20) == 0) {
                for (int i = 0; i < 100 + random.nextInt(400); i++) {
                    byte[] element = elements[random.nextInt(elements.length)];
                    push(list, ListEnd.TAIL, element);
                    expected.add(element);
                }
            }
            List<byte[]> before = List.copyOf(expected);
            LentRange lent = new LentRange(list, new Cursor(list, 0, ListEnd.TAIL), before.size());
            for (int i = 0; i < 20 && !expected.isEmpty(); i++) {
                actInTheMiddle(random, list, expected, elements[random.nextInt(elements.length)]);
            }
            assertElements(list, expected);
            assertIsSound(list);
            assertSame(before, read(lent));
            pool.verify();
        }
        assertTrue(pool.count() > 0, "nothing was given away");
    }

    private void actInTheMiddle(Random random, PackedList list, List<byte[]> expected, byte[] element) {
        int index = random.nextInt(expected.size());
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> {
                list.set(Cursor.at(list, index), new Slice(element));
                expected.set(index, element);
            }
            case 3, 4, 5 -> {
                boolean after = random.nextBoolean();
                list.insert(Cursor.at(list, index - expected.size()), after, new Slice(element));
                expected.add(index + (after ? 1 : 0), element);
            }
            case 6 -> {
                long most = random.nextBoolean() ? Long.MAX_VALUE : 1 + random.nextInt(5);
                ListEnd from = random.nextBoolean() ? ListEnd.HEAD : ListEnd.TAIL;
                assertEquals(
                        removeEqual(expected, from, element, most), list.removeEqual(from, new Slice(element), most));
            }
            default -> {
                boolean found = expected.stream().anyMatch(other -> Arrays.equals(other, element));
                assertEquals(found, Cursor.find(list, new Slice(element)) != null);
            }
        }
    }

    private static long removeEqual(List<byte[]> list, ListEnd from, byte[] element, long most) {
        long removed = 0;
        for (int i = 0; i < list.size() && removed < most; ) {
            int index = from == ListEnd.HEAD ? i : list.size() - 1 - i;
            if (Arrays.equals(list.get(index), element)) {
                list.remove(index);
                removed++;
            } else {
                i++;
            }
        }
        return removed;
    }

    private List<byte[]> read(LentRange lent) {
        written.clear();
        lent.write(reply, Integer.MAX_VALUE);
        return written;
    }

    private static void assertIsSound(PackedList list) {
        long size = 0;
        for (int i = 0; i < list.chunkCount(); i++) {
            byte[] chunk = list.chunk(i);
            int count = Chunk.count(chunk);
            assertTrue(count > 0 || list.chunkCount() == 1, "an empty chunk");
            assertTrue(chunk.length <= Chunk.MAX_LENGTH || count == 1, "a chunk that is too large");
            assertEquals(count, Chunk.countFrom(chunk, Chunk.start(chunk)));
            if (count > 0) {
                assertEquals(ChunkRing.place(i, 0), list.place(size), "the first of a chunk");
                assertEquals(ChunkRing.place(i, count - 1), list.place(size + count - 1), "the last of a chunk");
            }
            size += count;
        }
        assertEquals(size, list.size());
        assertTrue(list.memoryBytes() >= weightOfChunks(list), "weighs too little");
        assertEquals(list.copy().memoryBytes(), list.memoryBytes());
    }

    /** What is popped, trimmed, replaced or released goes to the pool, and pushes take from it. */
    @Test
    void chunksGoRound() {
        PackedList list = pooled();
        for (int i = 0; i < 10_000; i++) {
            push(list, ListEnd.TAIL, pattern(16 + i % 3, i));
        }
        int before = pool.count();
        int chunks = list.chunkCount();
        list.remove(ListEnd.HEAD, 5_000);
        int spares = pool.count();
        assertTrue(spares - before >= chunks / 2 - 1, (spares - before) + " spares of " + chunks + " chunks");
        for (int i = 0; i < 1_000; i++) {
            push(list, ListEnd.HEAD, pattern(16, i));
        }
        assertTrue(pool.count() < spares, "pushes take nothing from the pool");
        list.release(pool);
        assertTrue(pool.count() - before >= chunks, (pool.count() - before) + " spares of " + chunks + " chunks");
        pool.verify();
    }

    /** Others wait meanwhile. */
    @Test
    void manyChunksAreNotGivenAwayAtOnce() {
        PackedList list = pooled();
        while (list.chunkCount() < 400) {
            push(list, ListEnd.TAIL, pattern(1000, 1));
        }
        int before = pool.count();
        assertFalse(list.release(pool));
        assertTrue(pool.count() - before < 300, (pool.count() - before) + " at once");
        assertTrue(list.release(pool));
        assertEquals(400, pool.count() - before);
        pool.verify();
    }

    /** Nobody may use an array that a reply is read from. */
    @Test
    void whatIsLentIsNotGivenAway() {
        PackedList list = pooled();
        List<byte[]> expected = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            push(list, ListEnd.TAIL, pattern(16, i));
            expected.add(pattern(16, i));
        }
        LentRange lent = new LentRange(list, new Cursor(list, 0, ListEnd.TAIL), expected.size());
        list.remove(ListEnd.HEAD, 3_000);
        list.release(pool);
        assertSame(expected, read(lent));
    }

    /** Up to what the fields of a chunk can say of its room. */
    @ParameterizedTest
    @ValueSource(ints = {4_100, 10_000, 24_000, 31_000, 32_700, 32_768, 40_000, 100_000})
    void largeElementsGoRoundToo(int length) {
        PackedList list = pooled();
        for (int i = 0; i < 20; i++) {
            push(list, ListEnd.TAIL, pattern(length, i));
            push(list, ListEnd.TAIL, pattern(3, i));
        }
        for (int i = 0; i < 20; i++) {
            assertArrayEquals(pattern(length, i), pop(list, ListEnd.HEAD));
            assertArrayEquals(pattern(3, i), pop(list, ListEnd.HEAD));
            push(list, ListEnd.TAIL, pattern(length, i));
            push(list, ListEnd.TAIL, pattern(3, i));
            assertIsSound(list);
        }
        pool.verify();
        list.release(pool);
        assertTrue(pool.count() > 0, "nothing was given away");
    }

    /** More than are summed up at once, wherever their ring begins. */
    @ParameterizedTest
    @EnumSource
    void anIndexIsFoundAmongManyChunks(ListEnd end) {
        ListEnd other = end == ListEnd.HEAD ? ListEnd.TAIL : ListEnd.HEAD;
        PackedList list = new PackedList();
        for (int i = 0; i < 1200; i++) {
            push(list, end, pattern(i % 3 == 0 ? 3000 : 900, i));
        }
        for (int i = 0; i < 1500; i++) {
            push(list, end, pattern(i % 2 == 0 ? 3000 : 700, i));
            list.remove(other, 1);
            if (i % 100 == 0) {
                assertIsSound(list);
            }
        }
        assertTrue(list.chunkCount() > 300, "few chunks");
        assertIsSound(list);
    }

    @Test
    void chunksThatLoseMostOfTheirElementsBecomeOne() {
        PackedList list = new PackedList();
        for (int i = 0; i < 20_000; i++) {
            push(list, ListEnd.TAIL, bytes(i % 20 == 0 ? "stays" : "goes, sooner or later"));
        }
        int chunks = list.chunkCount();
        assertEquals(19_000, list.removeEqual(ListEnd.TAIL, new Slice(bytes("goes, sooner or later")), Long.MAX_VALUE));
        assertEquals(1000, list.size());
        assertTrue(list.chunkCount() < chunks / 20, list.chunkCount() + " chunks left of " + chunks);
        assertTrue(list.memoryBytes() < 2 * 1000 * 7, list.memoryBytes() + " bytes");
    }

    @Test
    void aQueueStaysInItsChunk() {
        PackedList list = new PackedList();
        for (int i = 0; i < 50; i++) {
            push(list, ListEnd.TAIL, pattern(16, i));
        }
        long before = list.memoryBytes();
        for (int i = 0; i < 100_000; i++) {
            push(list, ListEnd.TAIL, pattern(16, i));
            list.remove(ListEnd.HEAD, 1);
        }
        assertEquals(1, list.chunkCount());
        assertTrue(list.memoryBytes() <= before * 2, "grew to " + list.memoryBytes());
    }

    @Test
    void aListThatIsPushedAtBothEndsInTurnIsPackedAsDensely() {
        PackedList list = new PackedList();
        for (int i = 0; i < 100_000; i++) {
            push(list, i % 2 == 0 ? ListEnd.HEAD : ListEnd.TAIL, pattern(16, i));
        }
        assertTrue(list.memoryBytes() < 100_000 * 18.5, "weighs " + list.memoryBytes());
    }

    @ParameterizedTest
    @EnumSource
    void aLongListThatShrinksGivesItsMemoryBack(ListEnd end) {
        PackedList list = new PackedList();
        for (int i = 0; i < 10_000; i++) {
            push(list, ListEnd.TAIL, pattern(16, i));
        }
        list.remove(end, 9_998);
        assertTrue(list.memoryBytes() <= 200, "weighs " + list.memoryBytes());
        list.remove(end, 2);
        assertEquals(0, list.size());
        assertEquals(24, list.memoryBytes());
    }

    @Test
    void removingMoreThanThereIsEmptiesTheList() {
        PackedList list = new PackedList();
        push(list, ListEnd.TAIL, bytes("a"));
        list.remove(ListEnd.TAIL, Long.MAX_VALUE);
        assertEquals(0, list.size());
        push(list, ListEnd.HEAD, bytes("b"));
        assertEquals(List.of("b"), strings(list));
    }

    @Test
    void aCopySharesNothing() {
        PackedList list = new PackedList();
        for (int i = 0; i < 1_000; i++) {
            push(list, ListEnd.TAIL, bytes("old"));
        }
        PackedList copy = list.copy();
        list.remove(ListEnd.HEAD, 1_000);
        push(list, ListEnd.HEAD, bytes("new"));
        assertEquals(1_000, copy.size());
        assertEquals("old", strings(copy).get(999));
        push(copy, ListEnd.TAIL, bytes("more"));
        assertEquals(List.of("new"), strings(list));
    }

    /** An object of 12 + 3 * 4 bytes. */
    @Test
    void anEmptyListWeighsItsObject() {
        assertEquals(24, new PackedList().memoryBytes());
    }

    /** The list's 24, and an array: header 16, chunk header 6, element 1 + 16 + 1, room for 6 more, padded to 48. */
    @Test
    void aListOfOneElementWeighsLittleMore() {
        PackedList list = new PackedList();
        push(list, ListEnd.TAIL, pattern(16, 0));
        assertEquals(24 + 48, list.memoryBytes());
    }

    /** Arrays of 32, 64 and 104 bytes hold 6 + 18, 36, 54, 72, 90: each time with a quarter of the weight so far as room. */
    @Test
    void aShortListGrowsGradually() {
        PackedList list = new PackedList();
        long[] expected = {24 + 16 + 32, 24 + 16 + 64, 24 + 16 + 64, 24 + 16 + 104, 24 + 16 + 104};
        for (long bytes : expected) {
            push(list, ListEnd.TAIL, pattern(16, 0));
            assertEquals(bytes, list.memoryBytes());
        }
    }

    /** A chunk of its own: header 16, chunk header 6, length 3 + 3, padded. */
    @Test
    void aLargeElementWeighsItself() {
        PackedList list = new PackedList();
        push(list, ListEnd.TAIL, pattern(1 << 20, 0));
        assertEquals(24 + 16 + 6 + 6 + (1 << 20) + 4, list.memoryBytes());
    }

    /** The ring's object of 48, its arrays of 4 references and of 4 counts, 32 each; each element with 2 + 2 for its length, the second padded. */
    @Test
    void twoLargeElementsWeighARingMore() {
        PackedList list = new PackedList();
        push(list, ListEnd.TAIL, pattern(9_990, 0));
        push(list, ListEnd.TAIL, pattern(9_996, 0));
        assertEquals(24 + 48 + 32 + 32 + (16 + 6 + 9_994) + (16 + 6 + 10_000 + 2), list.memoryBytes());
    }

    /** 226 elements of 18 bytes in each array of 4096; 4096 / 226 = 18.12, a reference of 4 to 8 bytes and a count of 4 to 8 to each. */
    @ParameterizedTest
    @EnumSource
    void anElementOfALongListWeighsTwoBytesMoreThanItself(ListEnd end) {
        PackedList list = new PackedList();
        int count = 226 * 4096;
        for (int i = 0; i < count; i++) {
            push(list, end, pattern(16, i));
        }
        double perElement = (double) list.memoryBytes() / count;
        assertTrue(perElement >= 18.12 && perElement < 18.2, "an element weighs " + perElement);
    }

    /** What the arrays weigh by themselves, counted. */
    private static long weightOfChunks(PackedList list) {
        long bytes = 0;
        for (int i = 0; i < list.chunkCount(); i++) {
            byte[] chunk = list.chunk(i);
            assertEquals(list.size() == 0, Chunk.count(chunk) == 0, "a chunk without elements");
            bytes += list.size() == 0 ? 0 : (16 + chunk.length + 7) / 8 * 8;
        }
        return bytes;
    }

    private static void push(PackedList list, ListEnd end, byte[] element) {
        // Not at the start of its array, as an argument would not be.
        byte[] around = new byte[element.length + 5];
        System.arraycopy(element, 0, around, 3, element.length);
        list.push(end, around, 3, element.length);
    }

    private byte[] pop(PackedList list, ListEnd end) {
        list.pop(end, reply);
        return popped;
    }

    private static byte[] at(PackedList list, long index) {
        Cursor cursor = new Cursor(list, index, ListEnd.TAIL);
        cursor.next();
        return shown(cursor);
    }

    private static byte[] shown(Cursor cursor) {
        return Arrays.copyOfRange(cursor.array(), cursor.offset(), cursor.offset() + cursor.length());
    }

    private static List<byte[]> walk(PackedList list, ListEnd towards) {
        List<byte[]> elements = new ArrayList<>();
        if (list.size() > 0) {
            Cursor cursor = new Cursor(list, towards == ListEnd.TAIL ? 0 : list.size() - 1, towards);
            for (long i = 0; i < list.size(); i++) {
                cursor.next();
                elements.add(shown(cursor));
            }
        }
        return elements;
    }

    private static void assertElements(PackedList list, List<byte[]> expected) {
        assertSame(expected, walk(list, ListEnd.TAIL));
        assertSame(orderedFrom(ListEnd.TAIL, expected), walk(list, ListEnd.HEAD));
    }

    private static void assertSame(List<byte[]> expected, List<byte[]> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i));
        }
    }

    private static List<byte[]> orderedFrom(ListEnd end, List<byte[]> elements) {
        List<byte[]> ordered = new ArrayList<>(elements);
        if (end == ListEnd.TAIL) {
            Collections.reverse(ordered);
        }
        return ordered;
    }

    private static List<String> strings(PackedList list) {
        return walk(list, ListEnd.TAIL).stream()
                .map(element -> new String(element, UTF_8))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** Bytes that differ from those of other seeds, if there are any. */
    private static byte[] pattern(int length, int seed) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (seed * 31 + i * 7 + (i >> 8));
        }
        return bytes;
    }
}

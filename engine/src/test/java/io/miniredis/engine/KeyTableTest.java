package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.Layout;
import io.miniredis.api.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of keys against a HashMap: what is in it, what it weighs, that scans and expiry see what they must. */
final class KeyTableTest {

    /** How tags come about. */
    enum Tags {
        /** As the engine makes them. */
        HASHED {
            @Override
            ModelledTable table(Spares spares) {
                return ModelledTable.hashed(spares);
            }
        },
        /** Different keys often share all 32 bits. */
        SHARED {
            @Override
            ModelledTable table(Spares spares) {
                return new ModelledTable(name -> (name.hashCode() % 500) * 0x9e3779b9 | 1, spares);
            }
        },
        /** All begin with the same bits, so that only deep splits tell them apart. */
        CROWDED {
            @Override
            ModelledTable table(Spares spares) {
                return new ModelledTable(name -> 0xabc00000 | (name.hashCode() * 0x9e3779b9) >>> 12, spares);
            }
        },
        /** All near the two ends of the range. */
        EXTREME {
            @Override
            ModelledTable table(Spares spares) {
                ToIntFunction<String> tag = name -> {
                    int low = (name.hashCode() & 0xfff) << 7;
                    return (name.hashCode() & 0x1000) == 0 ? low + 1 : -1 - low;
                };
                return new ModelledTable(tag, spares);
            }
        };

        abstract ModelledTable table(Spares spares);

        ModelledTable table() {
            return table(new Spares());
        }
    }

    /** What the collector may not find. */
    @SuppressWarnings("UnusedVariable")
    private List<Object> held;

    /** Seeded random operations, in phases that grow the table and shrink it. */
    @ParameterizedTest
    @EnumSource
    void agreesWithAMapThroughGrowthAndShrinkage(Tags tags) {
        SplittableRandom random = new SplittableRandom(7);
        ModelledTable table = tags.table();
        long empty = table.table.memoryBytes();
        long now = 1_000_000;
        for (int phase = 0; phase < 12; phase++) {
            int chanceToAdd = phase % 2 == 0 ? 80 : 15;
            for (int i = 0; i < 2500; i++) {
                change(table, random, chanceToAdd, now);
                if (i % 7 == 0) {
                    table.table.tidy();
                }
            }
            table.check();
            now += 300;
            while (table.expireSome(now) >= 0) {
                // until none is left
            }
            table.check();
            if (phase == 7) {
                table.dropBits();
                table.check();
            }
        }
        table.clear();
        table.check();
        assertEquals(empty, table.table.memoryBytes());
        assertEquals(0, table.slack.bytes());
        table.put("again");
        table.check();
    }

    private static void change(ModelledTable table, SplittableRandom random, int chanceToAdd, long now) {
        if (table.size() == 0 || random.nextInt(100) < chanceToAdd) {
            String name = "key:" + random.nextInt(5000);
            long expiresAtMillis = random.nextInt(4) == 0 ? now + random.nextInt(2000) : -1;
            int bits = random.nextInt(3) == 0 ? random.nextInt() : 0;
            table.put(name, "v".repeat(random.nextInt(40)), expiresAtMillis, bits);
            return;
        }
        String name = table.randomKey(random);
        switch (random.nextInt(5)) {
            case 0 -> table.expire(name, now + random.nextInt(2000));
            case 1 -> table.expire(name, -1);
            case 2 -> table.setBits(name, random.nextInt());
            default -> table.remove(name);
        }
        assertFalse(table.contains("never there"));
    }

    @Test
    void growsThroughManySplitsAndGivesTheMemoryBack() {
        ModelledTable table = ModelledTable.hashed();
        for (int i = 0; i < 60_000; i++) {
            table.put("key:" + i);
        }
        table.check();
        assertTrue(table.segments() >= 64, table.segments() + " segments");
        long full = table.table.memoryBytes();
        for (String name : table.keys()) {
            if (table.size() == 10) {
                break;
            }
            table.remove(name);
        }
        table.check();
        assertTrue(table.segments() <= 8, table.segments() + " segments");
        assertTrue(
                table.table.memoryBytes() < full / 100 + Layout.references(table.table.directory.length),
                table.table.memoryBytes() + " bytes");
    }

    /** Who found a key may refer to its segment for long. */
    @Test
    void aSegmentOfAClearedTableHoldsNothing() {
        KeyTable table = new KeyTable((array, offset, length) -> 1);
        table.insert(1, table.pack(7, new Slice(), new Slice()), -1, 0);
        Segment segment = table.directory[0];
        assertEquals(7, segment.touchKey(1), "the type of what is there");
        table.clear();
        assertEquals(0, segment.touchKey(1));
    }

    /** Other tables get what it had. The collector does not find it, as the test refers to all of it. */
    @ParameterizedTest
    @EnumSource
    void whatAClearedTableHadIsUsedAgain(Tags tags) {
        Spares spares = new Spares();
        ModelledTable cleared = tags.table(spares);
        fill(cleared, "key:");
        Set<Object> before = cleared.arrays();
        held = List.of(before, cleared.table.directory, cleared.table.slabs.arrays);
        cleared.clear();
        ModelledTable other = tags.table(spares);
        other.put("while nothing was given away yet");
        while (!cleared.table.tidy()) {
            // until all is given away
        }
        fill(other, "other:");
        fill(cleared, "again:");
        other.check();
        cleared.check();
        Set<Object> after = other.arrays();
        after.addAll(cleared.arrays());
        int all = before.size();
        before.removeAll(after);
        assertTrue(before.size() < all / 5, before.size() + " of " + all + " are not used again");
    }

    private static void fill(ModelledTable table, String prefix) {
        for (int i = 0; i < 20_000; i++) {
            table.put(prefix + i, "v".repeat(i % 40), i % 5 == 0 ? i : -1, i % 3);
        }
    }

    @Test
    void findsItsKeysWhereTheyWereMoved() {
        ModelledTable table = ModelledTable.hashed();
        for (int i = 0; i < 30_000; i++) {
            table.put("key:" + i, "v".repeat(i % 50), -1, 0);
        }
        int kept = 0;
        for (String name : table.keys()) {
            if (kept++ % 3 != 0) {
                table.remove(name);
            }
        }
        long before = table.slack.bytes();
        while (!table.table.tidy() || table.table.compact()) {
            // until nothing is left to be moved
        }
        table.check();
        assertTrue(table.slack.bytes() < before / 4, before + " and then " + table.slack.bytes());
    }

    /** A key that is inserted and removed again and again at the edge of a split must not rebuild the segment each time. */
    @Test
    void doesNotOscillate() {
        ModelledTable table = ModelledTable.hashed();
        for (int i = 0; table.segments() == 1; i++) {
            table.put("key:" + i);
        }
        table.remove(table.randomKey(new SplittableRandom(1)));
        Segment[] before = table.table.directory.clone();
        for (int i = 0; i < 100; i++) {
            table.put("edge");
            table.remove("edge");
        }
        assertEquals(List.of(before), List.of(table.table.directory));
    }

    @Test
    void moreKeysWithOneTagThanASegmentHolds() {
        ModelledTable table = new ModelledTable(name -> 0x12345678, new Spares());
        for (int i = 0; i < 2000; i++) {
            table.put("key:" + i, "v", i % 2 == 0 ? 500 : -1, i + 1);
        }
        table.check();
        assertEquals(table.keys(), scanAll(table.table, 10, () -> {}).keySet());
        while (table.expireSome(1000) >= 0) {
            // until none is left
        }
        assertEquals(1000, table.size());
        for (String name : table.keys()) {
            table.remove(name);
        }
        table.check();
    }

    @Test
    void expiryTimesAndBitsFollowTheirKeys() {
        ModelledTable table = ModelledTable.hashed();
        for (int i = 0; i < 5000; i++) {
            table.put("key:" + i, "value", i % 3 == 0 ? 10_000 + i : -1, i % 5);
        }
        table.check();
        for (int i = 0; i < 5000; i += 2) {
            table.remove("key:" + i);
        }
        table.check();
        table.dropBits();
        table.check();
    }

    /** Segments are joined again and again, until there is one. */
    @ParameterizedTest
    @EnumSource
    void expiryTimesAndBitsFollowTheirKeysWhenSegmentsAreJoined(Tags tags) {
        SplittableRandom random = new SplittableRandom(13);
        ModelledTable table = tags.table();
        for (int i = 0; i < 8000; i++) {
            table.put("key:" + i, "value", i % 3 == 0 ? -1 : random.nextInt(2000), i % 2 == 0 ? 0 : i);
        }
        while (table.size() > 200) {
            table.remove(table.randomKey(random));
            if (table.size() % 400 == 0) {
                table.check();
            }
        }
        for (int now = 0; now <= 2000; now += 40) {
            while (table.expireSome(now) >= 0) {
                // until none is left
            }
            table.check();
        }
        assertEquals(0, table.table.volatiles());
    }

    // Scans

    /** Runs a full scan, with something between the steps. Returns how often each key was seen. */
    private static Map<String, Integer> scanAll(KeyTable table, int count, Runnable betweenSteps) {
        Map<String, Integer> seen = new HashMap<>();
        Slice name = new Slice();
        long cursor = 0;
        while (cursor < KeyTable.END) {
            long next = table.scan(
                    cursor,
                    count,
                    (segment, slot) ->
                            seen.merge(KeyTable.key(segment, slot, name).toString(), 1, Integer::sum));
            assertTrue(next > cursor, "a cursor that does not move");
            cursor = next;
            betweenSteps.run();
        }
        assertEquals(KeyTable.END, cursor);
        return seen;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 1000, Integer.MAX_VALUE})
    void aScanOfAQuietTableSeesEachKeyOnce(int count) {
        for (Tags tags : Tags.values()) {
            ModelledTable table = tags.table();
            for (int i = 0; i < 3000; i++) {
                table.put("key:" + i);
            }
            Map<String, Integer> seen = scanAll(table.table, count, () -> {});
            assertEquals(table.keys(), new TreeSet<>(seen.keySet()), tags.name());
            assertEquals(Set.of(1), Set.copyOf(seen.values()), tags.name());
        }
    }

    @Test
    void aScanOfAnEmptyTableEnds() {
        assertEquals(Map.of(), scanAll(new KeyTable((array, offset, length) -> 1), 10, () -> {}));
    }

    @Test
    void aScanStepIsBounded() {
        ModelledTable table = ModelledTable.hashed();
        for (int i = 0; i < 20_000; i++) {
            table.put("key:" + i);
        }
        int[] visited = {0};
        table.table.scan(0, 10, (segment, slot) -> visited[0]++);
        assertTrue(visited[0] >= 10 && visited[0] < 100, visited[0] + " visited");
        for (String name : table.keys()) {
            if (!name.equals("key:7")) {
                table.remove(name);
            }
        }
        assertEquals(Set.of("key:7"), scanAll(table.table, 10, () -> {}).keySet());
    }

    /** Whatever comes and goes between the steps: who stays is seen. */
    @ParameterizedTest
    @EnumSource
    void aScanSeesEveryKeyThatStays(Tags tags) {
        for (int seed = 0; seed < 12; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ModelledTable table = tags.table();
            Set<String> stay = new HashSet<>();
            for (int i = 0; i < 500; i++) {
                table.put("stay:" + i);
                stay.add("stay:" + i);
            }
            boolean shrink = seed % 3 == 0;
            int guests = shrink ? 4000 : 100;
            List<String> here = new ArrayList<>();
            for (int i = 0; i < guests; i++) {
                here.add("guest:" + i);
                table.put("guest:" + i);
            }
            int[] next = {guests};
            boolean grow = seed % 3 == 1;
            Runnable disturb = () -> {
                for (int i = 0; i < 60; i++) {
                    boolean add = next[0] < 8000 && random.nextInt(100) < (grow ? 90 : shrink ? 5 : 50);
                    if (add) {
                        String name = "guest:" + next[0]++;
                        here.add(name);
                        table.put(name);
                    } else if (!here.isEmpty()) {
                        table.remove(here.remove(random.nextInt(here.size())));
                    }
                }
            };
            Set<String> missed = new TreeSet<>(stay);
            missed.removeAll(
                    scanAll(table.table, 1 + random.nextInt(50), disturb).keySet());
            assertEquals(Set.of(), missed, tags + ", seed " + seed);
            table.check();
        }
    }

    // Expiry

    @Test
    void nothingIsDueInTheVeryMillisecond() {
        ModelledTable table = ModelledTable.hashed();
        table.put("k", "v", 100, 0);
        assertFalse(table.table.mayHaveExpired(100));
        assertTrue(table.table.mayHaveExpired(101));
        assertFalse(KeyTable.isOver(100, 100));
        assertTrue(KeyTable.isOver(100, 101));
        assertFalse(KeyTable.isOver(-1, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @EnumSource
    void expiryRemovesExactlyWhatIsDueInBoundedSteps(Tags tags) {
        SplittableRandom random = new SplittableRandom(3);
        ModelledTable table = tags.table();
        int due = 0;
        for (int i = 0; i < 6000; i++) {
            int kind = random.nextInt(3);
            long expiresAtMillis = kind == 0 ? -1 : kind == 1 ? random.nextInt(1000) : 1000 + random.nextInt(1000);
            due += kind == 1 ? 1 : 0;
            table.put("key:" + i, "value", expiresAtMillis, i);
        }
        assertTrue(table.table.mayHaveExpired(1000));
        int steps = 0;
        int removed = 0;
        int most = table.segments() * 40 + 100;
        for (int step = table.expireSome(1000); step >= 0; step = table.expireSome(1000)) {
            assertTrue(step <= Segment.MAX_CAPACITY, step + " in one step");
            removed += step;
            steps++;
            assertTrue(steps <= most, "no end after " + steps + " steps");
        }
        assertEquals(due, removed);
        table.check();
        assertFalse(table.table.mayHaveExpired(1000));
    }

    /** All goes, so segments shrink and merge under the expiry's feet; more keys come meanwhile. */
    @Test
    void expiryCopesWithSegmentsThatShrinkAndGrow() {
        SplittableRandom random = new SplittableRandom(5);
        ModelledTable table = ModelledTable.hashed();
        for (int i = 0; i < 30_000; i++) {
            table.put("key:" + i, "value", i % 1000, 0);
        }
        int next = 30_000;
        int steps = 0;
        while (table.expireSome(2000) >= 0) {
            for (int i = 0; steps < 300 && i < 30; i++) {
                table.put("key:" + next++, "value", random.nextBoolean() ? random.nextInt(2000) : 5000, 0);
            }
            if (steps++ % 50 == 0) {
                table.check();
            }
            assertTrue(steps < 5000, "no end");
        }
        table.check();
        assertFalse(table.table.mayHaveExpired(2000));
        assertTrue(table.size() > 0);
        while (table.expireSome(6000) >= 0) {
            // until none is left
        }
        assertEquals(0, table.size());
        assertEquals(0, table.table.volatiles());
    }

    /** One key is due among many segments with nothing to do; keys that come behind the walk are not forgotten. */
    @Test
    void aLargeTableIsWalkedInSteps() {
        ModelledTable table = ModelledTable.hashed();
        for (int i = 0; i < 350_000; i++) {
            table.put("key:" + i, "value", 5000, 0);
        }
        assertTrue(table.segments() >= 2 * KeyTable.SEGMENTS_PER_STEP, table.segments() + " segments");
        table.put("due", "value", 100, 0);
        int removed = 0;
        int steps = 0;
        for (int step = table.expireSome(1000); step >= 0; step = table.expireSome(1000)) {
            removed += step;
            table.put("behind:" + steps++, "value", 2000, 0);
        }
        assertEquals(1, removed);
        assertTrue(steps >= 2, steps + " steps");
        assertFalse(table.table.mayHaveExpired(2000));
        assertTrue(table.table.mayHaveExpired(2001));
        while (table.expireSome(2001) >= 0) {
            removed++;
        }
        assertFalse(table.contains("behind:0"));
        assertFalse(table.table.mayHaveExpired(5000));
        assertTrue(table.table.mayHaveExpired(5001));
    }

    /** What survives a collection is copied, which takes longer the more it is: so shrinking makes do with the arrays that are there. */
    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "5, 0", "10, 0", "100, 0", "2, 80", "10, 80", "3, 95"})
    void expiryAllocatesHardlyAnything(int moments, int percentAtFirst) {
        ModelledTable table = ModelledTable.hashed();
        for (int i = 0; i < 100_000; i++) {
            table.put("key:" + i, "value", i / moments % 100 < percentAtFirst ? 0 : i % moments, 0);
        }
        Set<int[]> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        long full = bytesNotIn(seen, table.table);
        long allocated = 0;
        for (int moment = 1; moment <= moments; moment++) {
            while (table.expireSome(moment) >= 0) {
                allocated += bytesNotIn(seen, table.table);
            }
        }
        assertEquals(0, table.size());
        assertTrue(allocated < full / 10, allocated + " bytes, " + full + " when it was full");
        assertTrue(table.segments() <= 4, table.segments() + " segments");
    }

    /** The weight of the segments whose arrays are not in the set; they are added to it. */
    private static long bytesNotIn(Set<int[]> seen, KeyTable table) {
        long bytes = 0;
        for (Segment segment : table.directory) {
            bytes += seen.add(segment.tags) ? segment.memoryBytes() : 0;
        }
        return bytes;
    }

    @Test
    void aPersistedKeyIsLookedAtOnceAndStays() {
        ModelledTable table = ModelledTable.hashed();
        table.put("k", "v", 100, 0);
        table.expire("k", -1);
        assertEquals(0, table.table.volatiles());
        int steps = 0;
        while (table.expireSome(1000) >= 0) {
            assertTrue(steps++ < 5);
        }
        assertTrue(table.contains("k"));
        assertFalse(table.table.mayHaveExpired(1000));
    }

    @Test
    void theStructureNumberChangesWhenSlotsMay() {
        ModelledTable table = ModelledTable.hashed();
        int before = table.table.structure();
        table.put("a");
        assertTrue(table.table.structure() != before);
        before = table.table.structure();
        table.put("a", "another", 5, 7);
        assertEquals(before, table.table.structure());
        table.remove("a");
        assertTrue(table.table.structure() != before);
        before = table.table.structure();
        table.clear();
        assertTrue(table.table.structure() != before);
    }

    @Test
    void randomSegmentsAreDrawnByTheirShareOfTheKeys() {
        ModelledTable table = ModelledTable.hashed();
        for (int i = 0; i < 20_000; i++) {
            table.put("key:" + i);
        }
        SplittableRandom random = new SplittableRandom(11);
        Map<Segment, Integer> drawn = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            drawn.merge(table.table.randomSegment(random), 1, Integer::sum);
        }
        assertEquals(table.segments(), drawn.size());
        drawn.forEach((segment, times) -> {
            double share = times / 20_000.0;
            double fair = segment.size() / 20_000.0;
            assertTrue(share > fair / 3 && share < fair * 3, share + " instead of " + fair);
        });
    }
}

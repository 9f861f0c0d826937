package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.Slice;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToIntFunction;

/** A {@link KeyTable} and beside it a HashMap that is told the same and must agree. */
final class ModelledTable {

    /** What is known of a key. */
    private static final class Known {
        String value;
        long expiresAtMillis;
        int bits;

        /** Where the key is in the list of keys. */
        int place;
    }

    final Slack slack = new Slack(new LongAdder());
    final KeyTable table;
    private final Map<String, Known> model = new HashMap<>();

    /** The keys of the model, to draw one at random. */
    private final List<String> keys = new ArrayList<>();

    private final ToIntFunction<String> tags;

    ModelledTable(ToIntFunction<String> tags, Spares spares) {
        this.tags = tags;
        table = new KeyTable(
                (array, offset, length) ->
                        tags.applyAsInt(new Slice().wrap(array, offset, length).toString()),
                new KeyCounts(),
                new MemoryMeter(new LongAdder()),
                slack,
                spares);
    }

    /** With tags as the engine makes them. */
    static ModelledTable hashed() {
        return hashed(new Spares());
    }

    static ModelledTable hashed(Spares spares) {
        KeyHash hash = new KeyHash(4711);
        ToIntFunction<String> tag = name -> {
            byte[] bytes = name.getBytes(ISO_8859_1);
            return hash.tagOf(bytes, 0, bytes.length);
        };
        return new ModelledTable(tag, spares);
    }

    private Segment segment(String name) {
        return table.segment(tags.applyAsInt(name));
    }

    private int slot(String name) {
        byte[] bytes = name.getBytes(ISO_8859_1);
        return segment(name).find(tags.applyAsInt(name), bytes, 0, bytes.length);
    }

    boolean contains(String name) {
        boolean there = slot(name) >= 0;
        assertEquals(model.containsKey(name), there, name);
        return there;
    }

    /** Packed, or every third time an entry of its own. */
    private Object occupant(String name, String value) {
        byte[] key = name.getBytes(ISO_8859_1);
        byte[] bytes = value.getBytes(ISO_8859_1);
        return value.length() % 3 == 0
                ? new Entry(key, TestString.TYPE, new LargeBytes(bytes))
                : table.pack(0, new Slice(key), new Slice(bytes));
    }

    /** Inserts or replaces. */
    void put(String name, String value, long expiresAtMillis, int bits) {
        Known known = model.get(name);
        Object occupant = occupant(name, value);
        if (known == null) {
            table.insert(tags.applyAsInt(name), occupant, expiresAtMillis, bits);
            known = new Known();
            known.bits = bits;
            known.place = keys.size();
            model.put(name, known);
            keys.add(name);
        } else {
            table.replace(segment(name), slot(name), occupant);
            table.expire(segment(name), slot(name), expiresAtMillis);
        }
        known.value = value;
        known.expiresAtMillis = expiresAtMillis;
    }

    void put(String name) {
        put(name, "value of " + name, -1, 0);
    }

    void expire(String name, long expiresAtMillis) {
        table.expire(segment(name), slot(name), expiresAtMillis);
        model.get(name).expiresAtMillis = expiresAtMillis;
    }

    void setBits(String name, int bits) {
        table.setBits(segment(name), slot(name), bits);
        model.get(name).bits = bits;
    }

    void dropBits() {
        table.dropBits();
        model.values().forEach(known -> known.bits = 0);
    }

    void remove(String name) {
        table.remove(segment(name), slot(name));
        forget(name);
    }

    /** The last key takes the place of this one. */
    private void forget(String name) {
        int place = model.remove(name).place;
        String last = keys.remove(keys.size() - 1);
        if (place < keys.size()) {
            keys.set(place, last);
            model.get(last).place = place;
        }
    }

    void clear() {
        table.clear();
        model.clear();
        keys.clear();
    }

    int size() {
        return keys.size();
    }

    String randomKey(SplittableRandom random) {
        return keys.get(random.nextInt(keys.size()));
    }

    Set<String> keys() {
        return new TreeSet<>(keys);
    }

    /** Runs one step of expiry and takes what went from the model, where all of it must have been due. */
    int expireSome(long nowMillis) {
        Slice name = new Slice();
        List<String> gone = new ArrayList<>();
        int removed = table.expireSome(nowMillis, (segment, slot) -> {
            String key = KeyTable.key(segment, slot, name).toString();
            Known known = model.get(key);
            assertNotNull(known, key);
            assertTrue(KeyTable.isOver(known.expiresAtMillis, nowMillis), key + " was not due");
            assertEquals(known.expiresAtMillis, segment.expiresAtMillis(slot));
            gone.add(key);
        });
        assertEquals(gone.size(), Math.max(0, removed));
        gone.forEach(this::forget);
        return removed;
    }

    /** The large arrays in which keys and their tags lie. */
    Set<Object> arrays() {
        Set<Object> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        table.forEach((segment, slot) -> {
            arrays.add(segment.tags);
            arrays.add(segment.key(slot, new Slice()).array());
        });
        arrays.removeIf(array -> Array.getLength(array) < Segment.MAX_CAPACITY);
        return arrays;
    }

    int segments() {
        return new HashSet<>(Arrays.asList(table.directory)).size();
    }

    private static String value(Object occupant) {
        Slice bytes = occupant instanceof Packed packed
                ? packed.value(new Slice())
                : ((LargeBytes) ((Entry) occupant).value).show(new Slice());
        return bytes.toString();
    }

    /** Compares everything. */
    void check() {
        table.tidy();
        assertEquals(model.size(), table.size());
        assertEquals(
                model.values().stream()
                        .filter(known -> known.expiresAtMillis >= 0)
                        .count(),
                table.volatiles());
        assertEquals(Weighing.measure(table), table.memoryBytes());
        Slice name = new Slice();
        Set<String> seen = new TreeSet<>();
        table.forEach((segment, slot) -> {
            String key = KeyTable.key(segment, slot, name).toString();
            assertTrue(seen.add(key), key + " twice");
            Known known = model.get(key);
            assertNotNull(known, key);
            assertEquals(known.value, value(segment.occupant(slot, new Packed())), key);
            assertEquals(known.expiresAtMillis, segment.expiresAtMillis(slot), key);
            assertEquals(known.bits, segment.bits(slot), key);
            assertEquals(slot, slot(key), key);
            assertEquals(segment, segment(key), key);
        });
        assertEquals(model.keySet().size(), seen.size());
        checkSegments();
    }

    private void checkSegments() {
        for (Segment segment : new HashSet<>(Arrays.asList(table.directory))) {
            int size = 0;
            int volatiles = 0;
            for (int slot = 0; slot < segment.capacity(); slot++) {
                if (segment.tags[slot] != 0) {
                    size++;
                    if (segment.expiresAtMillis(slot) >= 0) {
                        volatiles++;
                        assertTrue(segment.earliest() <= segment.expiresAtMillis(slot));
                    }
                }
            }
            assertEquals(size, segment.size());
            assertEquals(volatiles, segment.volatiles());
        }
    }
}

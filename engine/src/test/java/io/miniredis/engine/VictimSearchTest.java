package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.Slice;
import io.miniredis.api.eviction.EvictionPolicy.Scope;
import io.miniredis.engine.RankedPolicy.Ranks;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Which key is found to be evicted, among keys made by hand whose bits say when they were used: the policy evicts the one with the least.
 */
final class VictimSearchTest {
    private static final int ALL = Integer.MAX_VALUE;

    private final Databases databases = new Databases(1, 3, 42);
    private final Shard shard = databases.shard(0);
    private final Settings settings = new Settings();
    private final VictimSearch search = new VictimSearch(databases, settings, new SplittableRandom(1));
    private final ActivePolicy oldestFirst = policy(Scope.ALLKEYS, 1);
    private final ActivePolicy newestFirst = policy(Scope.ALLKEYS, -1);
    private final ActivePolicy volatileOldestFirst = policy(Scope.VOLATILE, 1);
    private final Slice name = new Slice();

    private static ActivePolicy policy(Scope scope, int sign) {
        Ranks ranks = new Ranks() {
            @Override
            public long rank(long keyHash, int bits, long expiresAtMillis) {
                return -(long) sign * bits;
            }
        };
        return new ActivePolicy("demo", new RankedPolicy("demo", ranks), scope, ranks);
    }

    private void samples(int samples) {
        settings.set("maxmemory-samples", Integer.toString(samples));
    }

    private static Slice bytes(String text) {
        return new Slice(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    private void insert(int database, int key, int usedAt, long expiresAtMillis) {
        Slice keyName = bytes("key:" + key);
        KeyTable table = shard.table(database);
        table.insert(KeyHash.tag(databases.hash(keyName)), table.pack(1, keyName, bytes("v")), expiresAtMillis, usedAt);
    }

    /** Keys from 0 on, each used at the time that its number says, and 1 more. */
    private void fill(int database, int keys) {
        for (int key = 0; key < keys; key++) {
            insert(database, key, key + 1, -1);
        }
    }

    private int find(int database, int key) {
        Slice keyName = bytes("key:" + key);
        return segment(database, key)
                .find(KeyHash.tag(databases.hash(keyName)), keyName.array(), keyName.offset(), keyName.length());
    }

    private Segment segment(int database, int key) {
        return shard.table(database).segment(KeyHash.tag(databases.hash(bytes("key:" + key))));
    }

    private void use(int database, int key, int usedAt) {
        segment(database, key).setBits(find(database, key), usedAt);
    }

    private void remove(int database, int key) {
        shard.table(database).remove(segment(database, key), find(database, key));
    }

    /** The number of the key that is to go; -1 if there is none. */
    private int victim(ActivePolicy policy) {
        if (!search.find(policy, shard)) {
            return -1;
        }
        String text = KeyTable.key(search.segment(), search.slot(), name).toString();
        return Integer.parseInt(text.substring("key:".length()));
    }

    private int evict(ActivePolicy policy) {
        int victim = victim(policy);
        if (victim >= 0) {
            shard.table(search.database()).remove(search.segment(), search.slot());
        }
        return victim;
    }

    /** What the pool remembers, by the keys' numbers. */
    private List<Integer> pooled(int keys) {
        List<Integer> pooled = new ArrayList<>();
        for (int key = 0; key < keys; key++) {
            if (shard.evictionPool.contains(0, KeyHash.tag(databases.hash(bytes("key:" + key))))) {
                pooled.add(key);
            }
        }
        return pooled;
    }

    @Test
    void whatASampleLeftIsThereForTheNext() {
        fill(0, 1000);
        samples(ALL);
        assertEquals(0, evict(oldestFirst));
        samples(1);
        for (int key = 1; key < EvictionPool.CAPACITY; key++) {
            assertEquals(key, evict(oldestFirst));
        }
    }

    @Test
    void moreSamplesAreNearerToExact() {
        double last = Double.MAX_VALUE;
        for (int samples : new int[] {1, 5, 20, ALL}) {
            shard.table(0).clear();
            fill(0, 2000);
            samples(samples);
            long sum = 0;
            for (int i = 0; i < 1000; i++) {
                sum += evict(oldestFirst);
            }
            double mean = sum / 1000.0;
            assertTrue(mean < last, mean + " after " + last);
            last = mean;
        }
        assertEquals(499.5, last);
    }

    @Test
    void aKeyUsedAgainIsNotEvictedBeforeAnIdleOne() {
        fill(0, 1000);
        samples(5);
        for (int round = 0; round < 200; round++) {
            victim(oldestFirst);
            List<Integer> used = pooled(1000);
            assertFalse(used.isEmpty());
            used.forEach(key -> use(0, key, 10_000));
            int victim = evict(oldestFirst);
            assertFalse(used.contains(victim), victim + " was used again");
            used.stream().filter(key -> find(0, key) >= 0).forEach(key -> use(0, key, key + 1));
        }
    }

    @Test
    void candidatesVanish() {
        fill(0, 1000);
        samples(ALL);
        victim(oldestFirst);
        List<Integer> gone = pooled(1000);
        assertEquals(EvictionPool.CAPACITY - 1, gone.size());
        gone.forEach(key -> remove(0, key));
        samples(1);
        int victim = evict(oldestFirst);
        assertTrue(victim >= 0 && !gone.contains(victim), "key " + victim);
        assertTrue(pooled(1000).isEmpty());
    }

    @Test
    void aCandidateThatWasReplacedIsRankedForWhatItIs() {
        fill(0, 100);
        samples(ALL);
        assertEquals(0, evict(oldestFirst));
        remove(0, 1);
        insert(0, 1, 5000, -1);
        assertEquals(2, evict(oldestFirst));
        for (int i = 0; i < 97; i++) {
            evict(oldestFirst);
        }
        assertEquals(1, evict(oldestFirst));
        assertEquals(-1, evict(oldestFirst));
    }

    /** Nothing but numbers: so what was a candidate can be collected when it is gone. */
    @Test
    void thePoolKeepsNothingAlive() {
        for (Field field : EvictionPool.class.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                Class<?> type = field.getType();
                assertTrue(
                        type.isArray() ? type.getComponentType().isPrimitive() : type.isPrimitive(), field.getName());
            }
        }
    }

    @Test
    void whatWasFoundIsForgotten() {
        fill(0, 10);
        assertTrue(search.find(oldestFirst, shard));
        search.forget();
        assertNull(search.segment());
    }

    @Test
    void segmentsSplitAndMergeInBetween() {
        fill(0, 100);
        samples(ALL);
        assertEquals(0, evict(oldestFirst));
        List<Integer> candidates = pooled(100);
        for (int key = 100; key < 10_000; key++) {
            insert(0, key, key + 1, -1);
        }
        assertEquals(candidates, pooled(100));
        samples(1);
        for (int key = 1; key < 8; key++) {
            assertEquals(key, evict(oldestFirst));
        }
        for (int key = 100; key < 10_000; key++) {
            if (find(0, key) >= 0) {
                remove(0, key);
            }
        }
        assertEquals(8, evict(oldestFirst));
    }

    @Test
    void onlyKeysWithAnExpiryGoIfThePolicyIsOfThose() {
        for (int key = 0; key < 1000; key++) {
            insert(0, key, key + 1, key % 100 == 50 ? 1_000_000 : -1);
        }
        samples(5);
        victim(oldestFirst);
        List<Integer> evicted = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            evicted.add(evict(volatileOldestFirst));
        }
        assertEquals(
                List.of(50, 150, 250, 350, 450, 550, 650, 750, 850, 950),
                evicted.stream().sorted().toList());
        assertEquals(-1, evict(volatileOldestFirst));
        assertTrue(evict(oldestFirst) >= 0);
    }

    @Test
    void aCandidateThatMayNotGoAnyMoreStays() {
        for (int key = 0; key < 20; key++) {
            insert(0, key, key + 1, 1_000_000);
        }
        samples(ALL);
        assertEquals(0, evict(volatileOldestFirst));
        shard.table(0).expire(segment(0, 1), find(0, 1), -1);
        assertEquals(2, evict(volatileOldestFirst));
    }

    @Test
    void theOldestOfAllDatabasesGoes() {
        for (int key = 0; key < 30; key++) {
            insert(key % 3, key, key + 1, -1);
        }
        samples(ALL);
        for (int key = 0; key < 30; key++) {
            assertEquals(key, evict(oldestFirst));
        }
        assertEquals(-1, evict(oldestFirst));
    }

    @Test
    void aSampleGoesOnInTheNextDatabaseIfOneHasTooFewKeys() {
        insert(0, 0, 3, -1);
        insert(1, 1, 2, -1);
        insert(2, 2, 1, -1);
        samples(3);
        assertEquals(2, evict(oldestFirst));
        assertEquals(1, evict(oldestFirst));
        assertEquals(0, evict(oldestFirst));
    }

    @Test
    void exchangedDatabasesTakeNothingWithThem() {
        fill(0, 100);
        insert(1, 500, 1000, -1);
        samples(ALL);
        assertEquals(0, evict(oldestFirst));
        shard.swap(0, 1);
        assertEquals(1, evict(oldestFirst));
        assertEquals(1, search.database());
    }

    @Test
    void afterAFlushThereIsNothing() {
        fill(0, 100);
        samples(ALL);
        assertEquals(0, evict(oldestFirst));
        shard.table(0).clear();
        assertEquals(-1, evict(oldestFirst));
        assertEquals(0, shard.evictionPool.size());
        insert(0, 7, 1, -1);
        assertEquals(7, evict(oldestFirst));
    }

    @Test
    void anotherPolicyRanksAllAnew() {
        fill(0, 100);
        samples(ALL);
        assertEquals(0, evict(oldestFirst));
        assertEquals(99, evict(newestFirst));
        samples(1);
        assertNotEquals(1, evict(newestFirst));
    }

    /** Ten keys in one database, a hundred in another, a thousand in a third: each as often as any other. */
    @Test
    void aPolicyThatChoosesAtRandomTakesAnyKeyAlike() {
        int key = 0;
        for (int database = 0; database < 3; database++) {
            for (int i = 0; i < Math.pow(10, database + 1); i++) {
                insert(database, key++, 1, -1);
            }
        }
        assertEven(key, 200, policyAtRandom(Scope.ALLKEYS));
    }

    @Test
    void amongKeysWithAnExpiryToo() {
        for (int key = 0; key < 2000; key++) {
            insert(0, 10_000 + key, 1, -1);
        }
        for (int key = 0; key < 400; key++) {
            insert(0, key, 1, 1_000_000);
        }
        assertEven(400, 200, policyAtRandom(Scope.VOLATILE));
    }

    private static ActivePolicy policyAtRandom(Scope scope) {
        RandomPolicy random = new RandomPolicy();
        return new ActivePolicy("random", random, scope, random.create(() -> 0));
    }

    /** Within six standard deviations, so chance does not make it fail. */
    private void assertEven(int keys, int drawsPerKey, ActivePolicy policy) {
        int[] drawn = new int[keys];
        for (int i = 0; i < keys * drawsPerKey; i++) {
            drawn[victim(policy)]++;
        }
        double deviation = 6 * Math.sqrt(drawsPerKey);
        for (int key = 0; key < keys; key++) {
            assertEquals(drawsPerKey, drawn[key], deviation, "key " + key);
        }
    }

    @Test
    void aShardIsDrawnByItsShareOfTheKeys() {
        Databases many = new Databases(4, 1, 42);
        VictimSearch searchOfMany = new VictimSearch(many, settings, new SplittableRandom(1));
        int keys = 0;
        for (int number = 0; number < 4; number++) {
            for (int i = 0; i < 1000 * number; i++) {
                Slice keyName = bytes("key:" + keys++);
                KeyTable table = many.shard(number).table(0);
                table.insert(i * 0x9E3779B9, table.pack(1, keyName, bytes("v")), -1, 1);
            }
        }
        int[] drawn = new int[4];
        for (int i = 0; i < 60_000; i++) {
            drawn[searchOfMany.randomShard(oldestFirst)]++;
        }
        assertEquals(0, drawn[0]);
        for (int number = 1; number < 4; number++) {
            assertEquals(10_000 * number, drawn[number], 6 * Math.sqrt(10_000 * number));
        }
    }

    @Test
    void ofNoKeysAnyShardIsDrawn() {
        Databases many = new Databases(4, 1, 42);
        VictimSearch searchOfMany = new VictimSearch(many, settings, new SplittableRandom(1));
        assertEquals(0, searchOfMany.randomShard(oldestFirst));
        assertFalse(searchOfMany.find(oldestFirst, many.shard(0)));
    }
}

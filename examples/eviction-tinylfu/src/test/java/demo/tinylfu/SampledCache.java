package demo.tinylfu;

import io.miniredis.api.eviction.Evictor;
import io.miniredis.api.eviction.RemovalCause;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A cache that evicts as the server does: when it is full, the highest ranked of a few keys that are drawn at random goes.
 * A key that is not there is put in, as a client does who then fetches it from elsewhere.
 */
final class SampledCache {
    /** The default of {@code maxmemory-samples}. */
    private static final int SAMPLES = 5;

    private static final int ABSENT = -1;

    private final Evictor evictor;
    private final SplittableRandom random = new SplittableRandom(7);
    private final int[] keys;
    private final int[] bits;
    private final int[] slotOf;
    private int size;
    private int hits;

    SampledCache(Evictor evictor, int capacity, int distinctKeys) {
        this.evictor = evictor;
        keys = new int[capacity];
        bits = new int[capacity];
        slotOf = new int[distinctKeys];
        Arrays.fill(slotOf, ABSENT);
    }

    /** Uses all keys of a trace. Returns the part of uses that found their key. */
    double replay(Trace trace) {
        for (int key : trace.keys) {
            use(key);
        }
        return (double) hits / trace.keys.length;
    }

    void use(int key) {
        int slot = slotOf[key];
        if (slot == ABSENT) {
            insert(key);
        } else {
            hits++;
            bits[slot] = evictor.onAccess(hash(key), bits[slot]);
        }
    }

    boolean holds(int key) {
        return slotOf[key] != ABSENT;
    }

    private void insert(int key) {
        int slot = size < keys.length ? size++ : evict();
        keys[slot] = key;
        slotOf[key] = slot;
        bits[slot] = evictor.onInsert(hash(key));
    }

    private int evict() {
        int victim = random.nextInt(size);
        for (int i = 1; i < SAMPLES; i++) {
            int other = random.nextInt(size);
            victim = rank(other) > rank(victim) ? other : victim;
        }
        evictor.onRemove(hash(keys[victim]), bits[victim], RemovalCause.EVICTED);
        slotOf[keys[victim]] = ABSENT;
        return victim;
    }

    private long rank(int slot) {
        return evictor.rank(hash(keys[slot]), bits[slot], -1);
    }

    /** As good a hash of a number as the server's of a name. */
    static long hash(long key) {
        long z = (key + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

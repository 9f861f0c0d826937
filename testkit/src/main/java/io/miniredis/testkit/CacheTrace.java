package io.miniredis.testkit;

import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.api.eviction.EvictionPolicy.Scope;
import io.miniredis.api.eviction.Evictor;
import io.miniredis.api.eviction.RemovalCause;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A cache that is too small for what is asked of it, with keys whose popularity follows Zipf's law. As in the server, room is made by
 * removing the key that is ranked highest in a small sample. The same trace in every run.
 */
final class CacheTrace {
    private static final int KEYS = 10_000;
    private static final int CAPACITY = 1_000;
    private static final int USES = 200_000;
    private static final int SAMPLES = 5;
    private static final double EXPONENT = 1;
    private static final long SEED = 1;
    private static final long MOST_TTL_MILLIS = 1_000_000_000;

    /** How likely each key or one before it is asked for. */
    private static final double[] CUMULATIVE = cumulative();

    private final SplittableRandom uses = new SplittableRandom(SEED);
    private final SplittableRandom samples = new SplittableRandom(SEED + 1);
    private final boolean expire;
    private final Evictor evictor;
    private long nowMillis = 1_700_000_000_000L;

    /** The keys in the cache, in no order. */
    private final int[] cached = new int[CAPACITY];

    private int size;

    /** For each key where it is in the cache; -1 if it is not. */
    private final int[] place = new int[KEYS];

    private final int[] bits = new int[KEYS];
    private final long[] expiresAtMillis = new long[KEYS];

    private CacheTrace(EvictionPolicy policy, boolean expire) {
        this.expire = expire;
        evictor = policy.create(() -> nowMillis);
        Arrays.fill(place, -1);
    }

    /** Which share of the uses finds its key in the cache. */
    static double hitRatio(EvictionPolicy policy) {
        return new CacheTrace(policy, !policy.scopes().contains(Scope.ALLKEYS)).run();
    }

    private double run() {
        int hits = 0;
        for (int i = 0; i < USES; i++) {
            nowMillis++;
            hits += use(draw()) ? 1 : 0;
        }
        return (double) hits / USES;
    }

    private int draw() {
        int found = Arrays.binarySearch(CUMULATIVE, uses.nextDouble());
        return Math.min(found < 0 ? -found - 1 : found, KEYS - 1);
    }

    /** Returns whether the key was in the cache; then it is. */
    private boolean use(int key) {
        if (place[key] >= 0) {
            bits[key] = evictor.onAccess(hash(key), bits[key]);
            return true;
        }
        if (size == CAPACITY) {
            evict();
        }
        expiresAtMillis[key] = expire ? nowMillis + 1 + uses.nextLong(MOST_TTL_MILLIS) : -1;
        bits[key] = evictor.onInsert(hash(key));
        place[key] = size;
        cached[size++] = key;
        return false;
    }

    private void evict() {
        int best = -1;
        long bestRank = 0;
        for (int i = 0; i < SAMPLES; i++) {
            int key = cached[samples.nextInt(size)];
            long rank = evictor.rank(hash(key), bits[key], expiresAtMillis[key]);
            if (best < 0 || rank > bestRank) {
                best = key;
                bestRank = rank;
            }
        }
        evictor.onRemove(hash(best), bits[best], RemovalCause.EVICTED);
        int hole = place[best];
        int last = cached[--size];
        cached[hole] = last;
        place[last] = hole;
        place[best] = -1;
    }

    /** As random as the server's. */
    static long hash(long key) {
        long mixed = (key + 1) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 32) * 0xD1342543DE82EF95L;
        return mixed ^ mixed >>> 29;
    }

    private static double[] cumulative() {
        double[] cumulative = new double[KEYS];
        double sum = 0;
        for (int i = 0; i < KEYS; i++) {
            sum += 1 / Math.pow(i + 1, EXPONENT);
            cumulative[i] = sum;
        }
        for (int i = 0; i < KEYS; i++) {
            cumulative[i] /= sum;
        }
        return cumulative;
    }
}

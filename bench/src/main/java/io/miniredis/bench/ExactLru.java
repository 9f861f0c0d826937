package io.miniredis.bench;

/**
 * How often a trace hits in a cache that always evicts the one key whose last use is longest ago, for each size of the cache. A use
 * hits if fewer different keys were used since the last use of the same key than the cache holds; these are counted by a tree of
 * sums over the requests, in which the last use of each key is marked. O(log requests) for each request.
 */
final class ExactLru {
    /** How many requests hit in a cache of at most so many keys. */
    private final int[] hits;

    ExactLru(Trace trace) {
        hits = new int[trace.distinct() + 1];
        int[] marked = new int[trace.requests() + 1];
        int[] lastUse = new int[trace.distinct()];
        for (int request = 1; request <= trace.requests(); request++) {
            int key = trace.key(request - 1);
            int last = lastUse[key];
            if (last > 0) {
                int usedSince = sum(marked, request - 1) - sum(marked, last);
                hits[usedSince + 1]++;
                add(marked, last, -1);
            }
            add(marked, request, 1);
            lastUse[key] = request;
        }
        for (int size = 1; size < hits.length; size++) {
            hits[size] += hits[size - 1];
        }
    }

    private static int sum(int[] tree, int upTo) {
        int sum = 0;
        for (int i = upTo; i > 0; i &= i - 1) {
            sum += tree[i];
        }
        return sum;
    }

    private static void add(int[] tree, int at, int change) {
        for (int i = at; i < tree.length; i += i & -i) {
            tree[i] += change;
        }
    }

    /** How many requests hit. */
    int hits(int cached) {
        return hits[Math.min(cached, hits.length - 1)];
    }
}

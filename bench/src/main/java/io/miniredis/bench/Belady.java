package io.miniredis.bench;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The most hits that are possible if each key that is missed is put in: the key goes whose next use is furthest away, which only
 * who knows the future can do (L. A. Belady, 1966).
 */
final class Belady {
    private Belady() {}

    /** How many requests hit in a cache of so many keys. */
    static int hits(Trace trace, int cached) {
        int[] nextUse = nextUses(trace);
        // What is in the cache, each key by the place of its next use.
        BitSet held = new BitSet(2 * trace.requests());
        int size = 0;
        int furthest = 0;
        int hits = 0;
        for (int request = 0; request < trace.requests(); request++) {
            if (held.get(request)) {
                held.clear(request);
                hits++;
            } else if (size < cached) {
                size++;
            } else {
                furthest = held.previousSetBit(furthest);
                held.clear(furthest);
            }
            held.set(nextUse[request]);
            furthest = Math.max(furthest, nextUse[request]);
        }
        return hits;
    }

    /** For each request the next one for the same key; if there is none, a place of its own beyond the end. */
    private static int[] nextUses(Trace trace) {
        int[] next = new int[trace.requests()];
        int[] known = new int[trace.distinct()];
        Arrays.fill(known, -1);
        for (int request = trace.requests() - 1; request >= 0; request--) {
            int key = trace.key(request);
            next[request] = known[key] >= 0 ? known[key] : trace.requests() + request;
            known[key] = request;
        }
        return next;
    }
}

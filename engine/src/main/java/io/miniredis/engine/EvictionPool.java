package io.miniredis.engine;

/**
 * The best keys to evict that were found in a shard so far, in no order: what one sample saw and left is still there for the next. Guarded by the
 * shard's lock.
 *
 * <p>A key is remembered by its database and the tag of its hash alone, and looked up again before it is compared. So nothing is kept alive
 * here, and nobody who removes, replaces, uses, renames or moves a key, splits a segment, flushes or swaps databases or chooses another policy
 * has to know of the pool: what is not found any more, or may not go, is dropped, and what was used is ranked as such. If
 * another key of the same tag has come up meanwhile, it is ranked for what it is.
 */
final class EvictionPool {
    static final int CAPACITY = 16;

    private final int[] tags = new int[CAPACITY];
    private final int[] databases = new int[CAPACITY];

    /** The hashes of the keys' names; 0 if the policy has no use for them. */
    private final long[] hashes = new long[CAPACITY];

    /** As it was told last; comparable after all have been ranked anew. */
    private final long[] ranks = new long[CAPACITY];

    private int size;

    /** Which of a full pool ranks lowest; -1 if that is to be found out. */
    private int lowest = -1;

    int size() {
        return size;
    }

    int tag(int index) {
        return tags[index];
    }

    int database(int index) {
        return databases[index];
    }

    long hash(int index) {
        return hashes[index];
    }

    /** Says what a key's rank is now. */
    void rank(int index, long rank) {
        ranks[index] = rank;
        lowest = -1;
    }

    /** Whether a key of this rank is taken in: there is room, or a key here ranks lower. */
    boolean takes(long rank) {
        return size < CAPACITY || rank > ranks[lowest()];
    }

    boolean contains(int database, int tag) {
        for (int i = 0; i < size; i++) {
            if (tags[i] == tag && databases[i] == database) {
                return true;
            }
        }
        return false;
    }

    /** Takes in a key that is not here and whose rank {@linkplain #takes suffices}. */
    void add(int database, int tag, long hash, long rank) {
        int index = size < CAPACITY ? size++ : lowest();
        tags[index] = tag;
        databases[index] = database;
        hashes[index] = hash;
        rank(index, rank);
    }

    private int lowest() {
        if (lowest < 0) {
            lowest = 0;
            for (int i = 1; i < size; i++) {
                if (ranks[i] < ranks[lowest]) {
                    lowest = i;
                }
            }
        }
        return lowest;
    }

    /** Which key ranks highest; -1 if there is none. */
    int highest() {
        int highest = size - 1;
        for (int i = highest - 1; i >= 0; i--) {
            if (ranks[i] > ranks[highest]) {
                highest = i;
            }
        }
        return highest;
    }

    /** Forgets a key; the last one takes its place. */
    void drop(int index) {
        size--;
        tags[index] = tags[size];
        databases[index] = databases[size];
        hashes[index] = hashes[size];
        rank(index, ranks[size]);
    }
}

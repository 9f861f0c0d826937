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
    }

    boolean contains(int database, int tag) {
        for (int i = 0; i < size; i++) {
            if (tags[i] == tag && databases[i] == database) {
                return true;
            }
        }
        return false;
    }

    /** Takes a key in that is not here, if there is room or a key here ranks lower. */
    void offer(int database, int tag, long hash, long rank) {
        int index = size;
        if (size < CAPACITY) {
            size++;
        } else {
            index = lowest();
            if (rank <= ranks[index]) {
                return;
            }
        }
        tags[index] = tag;
        databases[index] = database;
        hashes[index] = hash;
        ranks[index] = rank;
    }

    private int lowest() {
        int lowest = 0;
        for (int i = 1; i < size; i++) {
            if (ranks[i] < ranks[lowest]) {
                lowest = i;
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
        ranks[index] = ranks[size];
    }
}

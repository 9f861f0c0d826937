package io.miniredis.engine;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The shard locks that one thread holds: the only class that takes or releases them. Always in ascending order, so that no two
 * threads wait for each other. Locks are kept from one command to the next while a run of pipelined commands needs the same
 * ones. Confined to its thread.
 */
final class ShardLocks {
    /**
     * How often a thread looks whether a lock has become free before it sleeps: some 25 us. Most locks are held for one or two, and to
     * sleep and be woken takes both threads longer. With one processor nobody can let go meanwhile.
     */
    private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 1000 : 0;

    private final Shard[] shards;
    private final int[] held;
    private int count;
    /** Whether a transaction runs, during which nothing is let go of. */
    private boolean pinned;

    ShardLocks(Shard[] shards) {
        this.shards = shards;
        held = new int[shards.length];
    }

    /** Keeps what is held, whatever is called, until {@link #unpin}. What is needed from here on must be held already. */
    void pin() {
        pinned = true;
    }

    boolean isPinned() {
        return pinned;
    }

    void unpin() {
        pinned = false;
    }

    /** Afterwards exactly this shard's lock is held, or, if it is among those held already, what was held. */
    void acquire(int shard) {
        if (!holds(shard)) {
            releaseAll();
            lock(shard);
        }
    }

    /**
     * Afterwards the locks of these shards are held, and perhaps more that were held already.
     *
     * @param wanted shard numbers in any order, repeated ones allowed; sorted by this call
     * @param size how many of them count
     */
    void acquire(int[] wanted, int size) {
        if (holdsAll(wanted, size)) {
            return;
        }
        releaseAll();
        Arrays.sort(wanted, 0, size);
        for (int i = 0; i < size; i++) {
            if (i == 0 || wanted[i] != wanted[i - 1]) {
                lock(wanted[i]);
            }
        }
    }

    /** Afterwards all locks are held. */
    void acquireAll() {
        if (count == shards.length) {
            return;
        }
        releaseAll();
        for (int i = 0; i < shards.length; i++) {
            lock(i);
        }
    }

    /** Whether threads wait for a shard's lock, whoever holds it. A hint, since they come and go. */
    boolean isWanted(int shard) {
        return shards[shard].lock.hasQueuedThreads();
    }

    void releaseAll() {
        if (pinned) {
            return;
        }
        while (count > 0) {
            Shard shard = shards[held[--count]];
            shard.tidy();
            shard.publish();
            shard.lock.unlock();
        }
    }

    /** Lets others see what the shards that are held occupy now. */
    void publish() {
        for (int i = 0; i < count; i++) {
            shards[held[i]].publish();
        }
    }

    private void lock(int shard) {
        if (pinned) {
            throw new IllegalStateException("a transaction holds the locks of other shards than of " + shard);
        }
        enter(shards[shard].lock);
        held[count++] = shard;
    }

    private static void enter(ReentrantLock lock) {
        for (int i = 0; i < SPINS; i++) {
            if (!lock.isLocked() && lock.tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        lock.lock();
    }

    private boolean holdsAll(int[] wanted, int size) {
        for (int i = 0; i < size; i++) {
            if (!holds(wanted[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(int shard) {
        if (count == 1) {
            return held[0] == shard;
        }
        return Arrays.binarySearch(held, 0, count, shard) >= 0;
    }
}

package io.miniredis.engine;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One part of the keyspace: the keys whose hashes end in the same bits, of all databases, under one lock. Everything reachable
 * from here is touched only by who holds the lock; only {@link ShardLocks} takes it.
 */
final class Shard {
    final ReentrantLock lock = new ReentrantLock();
    /** The clients that wait for a key to come up. */
    final Interests<Waiter> waiters = new Interests<>();

    /** Who wants to know whether a key changes. */
    final Interests<KeyObserver> observers = new Interests<>();

    final TrackedKeys tracked;

    /** What is to be evicted next. */
    final EvictionPool evictionPool = new EvictionPool();

    /** How many wait here whose commands need other shards too. */
    int farWaiters;

    private final MemoryMeter bytes = new MemoryMeter();
    private final KeyTable[] tables;

    /** What the tables of all shards occupy. */
    private final LongAdder sum;

    /** What of it is this shard's: what its tables occupied when that was last said. */
    private long publishedBytes;

    /**
     * An empty shard.
     *
     * @param keys get how many keys this shard has of each database
     * @param sum gets what this shard occupies
     */
    Shard(KeyCounts[] keys, LongAdder sum) {
        this.sum = sum;
        tracked = new TrackedKeys(observers, bytes);
        tables = new KeyTable[keys.length];
        for (int i = 0; i < keys.length; i++) {
            tables[i] = new KeyTable(keys[i], bytes);
        }
    }

    KeyTable table(int database) {
        return tables[database];
    }

    /** The tables of all databases, to be visited while databases may be exchanged. */
    List<KeyTable> tables() {
        return List.of(tables);
    }

    /** Exchanges two databases. */
    void swap(int first, int second) {
        KeyTable table = tables[first];
        tables[first] = tables[second];
        tables[second] = table;
    }

    /** Lets others see the memory in use. The lock is held. */
    void publish() {
        long change = bytes.bytes() - publishedBytes;
        if (change != 0) {
            publishedBytes += change;
            sum.add(change);
        }
    }

    /** What the tables occupy. The lock is held. */
    long memoryBytes() {
        return bytes.bytes();
    }
}

package io.miniredis.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One part of the keyspace: the keys whose hashes end in the same bits, of all databases, under one lock. Everything reachable
 * from here is touched only by who holds the lock; only {@link ShardLocks} takes it.
 */
final class Shard {
    /** How far what a shard occupies may be from its part in the sum of all shards. */
    static final long TOLERANCE_BYTES = 64 * 1024;

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

    /** What all this occupied when it was last said; read without the lock by who sums up memory. */
    private volatile long publishedBytes;

    /** What all shards occupy, more or less; changed only now and then, so that threads do not meet there. */
    private final AtomicLong sum;

    /** This shard's part in the sum. */
    private long summedBytes;

    Shard(int databases, AtomicLong sum) {
        this.sum = sum;
        tracked = new TrackedKeys(observers, bytes);
        tables = new KeyTable[databases];
        for (int i = 0; i < databases; i++) {
            tables[i] = new KeyTable(bytes);
        }
        publish();
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

    /** Lets others see the memory in use. */
    void publish() {
        publishedBytes = bytes.bytes();
        addToSum();
    }

    /** Brings the sum of all shards up to date, if it is far from that. */
    void addToSum() {
        long change = bytes.bytes() - summedBytes;
        if (change > TOLERANCE_BYTES || change < -TOLERANCE_BYTES) {
            summedBytes += change;
            sum.addAndGet(change);
        }
    }

    /** What the tables occupy. The lock is held. */
    long memoryBytes() {
        return bytes.bytes();
    }

    long publishedBytes() {
        return publishedBytes;
    }
}

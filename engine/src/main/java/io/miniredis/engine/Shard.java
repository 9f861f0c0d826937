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

    private final MemoryMeter bytes;

    /** What the tables' slabs do not use. */
    private final Slack slack;

    private final KeyTable[] tables;

    /**
     * An empty shard.
     *
     * @param tagger knows the tags of keys
     * @param keys get how many keys this shard has of each database
     * @param sum gets what this shard occupies
     * @param slackSum gets what its slabs have free
     * @param spares gets what its tables have no use for any more
     */
    Shard(KeyTable.Tagger tagger, KeyCounts[] keys, LongAdder sum, LongAdder slackSum, Spares spares) {
        bytes = new MemoryMeter(sum);
        slack = new Slack(slackSum);
        tracked = new TrackedKeys(observers, bytes);
        tables = new KeyTable[keys.length];
        for (int i = 0; i < keys.length; i++) {
            tables[i] = new KeyTable(tagger, keys[i], bytes, slack, spares);
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
        bytes.publish();
        slack.publish();
    }

    /** What the tables' slabs have free. The lock is held. */
    long slackBytes() {
        return slack.bytes();
    }

    /** Makes memory free that was freed. The lock is held, and about to be released: what was freed is used no more. */
    void tidy() {
        slack.tidy();
    }

    /** Moves what is in the emptiest slab of a table to others, if that is worth it. Returns whether it was. The lock is held. */
    boolean compact() {
        for (KeyTable table : tables) {
            if (table.compact()) {
                return true;
            }
        }
        return false;
    }

    /** What the tables occupy. The lock is held. */
    long memoryBytes() {
        return bytes.bytes();
    }
}

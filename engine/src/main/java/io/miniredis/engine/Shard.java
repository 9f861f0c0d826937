package io.miniredis.engine;

import java.util.concurrent.locks.ReentrantLock;

/**
 * One part of the keyspace: the keys whose hashes end in the same bits, of all databases, under one lock. Everything reachable
 * from here is touched only by who holds the lock; only {@link ShardLocks} takes it.
 */
final class Shard {
    final ReentrantLock lock = new ReentrantLock();
    private final KeyTable[] tables;

    /** What the tables occupied when the lock was last released; read without the lock by who sums up memory. */
    private volatile long publishedBytes;

    Shard(int databases) {
        tables = new KeyTable[databases];
        for (int i = 0; i < databases; i++) {
            tables[i] = new KeyTable();
        }
        publish();
    }

    KeyTable table(int database) {
        return tables[database];
    }

    /** What the shard's keys, values and tables occupy now. */
    long memoryBytes() {
        long bytes = 0;
        for (KeyTable table : tables) {
            bytes += table.memoryBytes();
        }
        return bytes;
    }

    /** Lets others see the memory in use. */
    void publish() {
        publishedBytes = memoryBytes();
    }

    long publishedBytes() {
        return publishedBytes;
    }
}

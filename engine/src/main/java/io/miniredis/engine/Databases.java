package io.miniredis.engine;

import io.miniredis.api.ArrayPool;
import io.miniredis.api.Slice;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/** All keys: a power of two of {@link Shard}s, each holding its part of every database. */
final class Databases {
    private static final int SEGMENTS_SAMPLED = 4;

    private final Shard[] shards;
    private final KeyHash hash;

    /** What all shards occupy. */
    private final LongAdder bytes = new LongAdder();

    /** What is free for more data in the slabs of all shards. */
    private final LongAdder slack = new LongAdder();

    private final Spares spares = new Spares();

    /** How many keys each database has; replaced when two are exchanged. */
    private volatile KeyCounts[] keys;

    Databases(int shards, int databases, long seed) {
        if (Integer.bitCount(shards) != 1) {
            throw new IllegalArgumentException("the number of shards is a power of two, not " + shards);
        }
        keys = new KeyCounts[databases];
        Arrays.setAll(keys, unused -> new KeyCounts());
        this.shards = new Shard[shards];
        hash = new KeyHash(seed);
        for (int i = 0; i < shards; i++) {
            this.shards[i] = new Shard(hash::tagOf, keys, bytes, slack, spares);
        }
        bytes.add(KeyTable.sharedBytes());
    }

    ShardLocks newLocks() {
        return new ShardLocks(shards);
    }

    int count() {
        return keys.length;
    }

    int shards() {
        return shards.length;
    }

    Shard shard(int index) {
        return shards[index];
    }

    long hash(Slice key) {
        return hash.of(key.array(), key.offset(), key.length());
    }

    long hash(byte[] array, int offset, int length) {
        return hash.of(array, offset, length);
    }

    int shardOf(long keyHash) {
        return (int) keyHash & (shards.length - 1);
    }

    /** What keys, values and tables occupy; without locks, so a moment old for shards that others work on. */
    long memoryBytes() {
        return bytes.sum();
    }

    /** What is free for more data beside that, in slabs; without locks. */
    long slackBytes() {
        return slack.sum();
    }

    /** The arrays of values that went. */
    ArrayPool arrays() {
        return spares.arrays;
    }

    /** Keeps account of what plugins' types occupy, from here on. All locks are held. */
    void countTypes(Types types) {
        for (Shard shard : shards) {
            shard.tables().forEach(table -> table.countTypes(types));
        }
    }

    /** What the values of a plugin's type occupy in all databases, with their keys. Takes each shard's lock in turn. */
    long bytesOfType(String type, ShardLocks locks) {
        long bytes = 0;
        for (int i = 0; i < shards.length; i++) {
            locks.acquire(i);
            for (KeyTable table : shards[i].tables()) {
                bytes += table.bytesOfType(type);
            }
        }
        return bytes;
    }

    /** What tables occupy beside their keys and values, in all databases. Takes each shard's lock in turn. */
    long overheadBytes(ShardLocks locks) {
        long bytes = KeyTable.sharedBytes();
        for (int i = 0; i < shards.length; i++) {
            locks.acquire(i);
            for (KeyTable table : shards[i].tables()) {
                bytes += table.overheadBytes();
            }
        }
        return bytes;
    }

    /** How many keys a database has; without locks, so a moment old for shards that others work on. */
    long size(int database) {
        return keys[database].keys();
    }

    /** How many of them have an expiry. */
    long volatiles(int database) {
        return keys[database].volatiles();
    }

    /** Exchanges two databases. All locks are held. */
    void swap(int first, int second) {
        for (Shard shard : shards) {
            shard.swap(first, second);
        }
        KeyCounts[] swapped = keys.clone();
        swapped[first] = keys[second];
        swapped[second] = keys[first];
        keys = swapped;
    }

    /** The mean time to live of a few keys with an expiry, drawn at random; 0 if there are none. Takes shard locks. */
    long averageTtlMillis(int database, ShardLocks locks, long nowMillis) {
        SplittableRandom random = new SplittableRandom();
        long sum = 0;
        long count = 0;
        for (int i = 0; i < shards.length; i++) {
            locks.acquire(i);
            for (int drawn = 0; drawn < SEGMENTS_SAMPLED; drawn++) {
                Segment segment = shards[i].table(database).randomSegment(random);
                for (int slot = 0; slot < segment.capacity(); slot++) {
                    long expiresAtMillis = segment.tags[slot] == 0 ? -1 : segment.expiresAtMillis(slot);
                    if (expiresAtMillis >= 0) {
                        sum += Math.max(0, expiresAtMillis - nowMillis);
                        count++;
                    }
                }
            }
        }
        return count == 0 ? 0 : sum / count;
    }
}

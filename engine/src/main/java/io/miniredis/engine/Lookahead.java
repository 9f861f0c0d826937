package io.miniredis.engine;

import io.miniredis.api.transport.RequestBatch;
import java.util.Arrays;

/**
 * Looks ahead over a pipeline: finds the commands of the next requests, hashes their keys, and touches the memory that each key
 * lies in, step by step for all of them. Keys of a large table are in nobody's cache, and finding one means waiting for memory
 * three times in a row: for its segment, for its tag, for itself. Taken together the requests wait for each of these at the
 * same time instead of one after the other.
 *
 * <p>The keys of one command that has many are touched in the same way.
 *
 * <p>Only a hint: commands that run meanwhile, here or on other threads, may move keys, and a request then finds its key the
 * usual way. So no lock is needed. What is touched may be old or half changed, but never makes a difference to anything, and
 * the places to touch are always within their arrays: a segment's arrays and the numbers that lead into them are final.
 * Taking the locks of a window's keys first was measured, and is dearer (see {@code docs/decisions.md}). Used by one worker.
 */
final class Lookahead {
    /** How many requests are looked at together. More would push each other out of the first-level cache. */
    private static final int WINDOW = 64;

    /** With fewer there is nothing to gain. */
    private static final int FEWEST = 4;

    /** How many keys of one command are looked at. They have to fit into a cache until the command comes to them. */
    private static final int MOST_KEYS = 1024;

    private final Databases databases;
    private final Command[] commands = new Command[WINDOW];
    private final long[] hashes = new long[WINDOW];
    private final int[] tags = new int[WINDOW];
    private final Segment[] segments = new Segment[WINDOW];
    private int from;
    private int to;

    /** What was touched, so that no compiler can leave the touching out. */
    @SuppressWarnings("UnusedVariable")
    private int touched;

    Lookahead(Databases databases) {
        this.databases = databases;
    }

    /** Forgets what was looked at. */
    void reset() {
        from = 0;
        to = 0;
    }

    /** Whether this request was looked at. */
    boolean covers(int request) {
        return request >= from && request < to;
    }

    /** The request's command, or null if there is none of that name. */
    Command command(int request) {
        return commands[request - from];
    }

    /** The hash of the request's key, if its command has a single key. */
    long hash(int request) {
        return hashes[request - from];
    }

    /** Looks at the requests from this one on, whose keys are taken to be in this database. */
    void look(RequestBatch batch, int request, CommandTable table, int database) {
        from = request;
        to = Math.min(batch.size(), request + WINDOW);
        if (to - from < FEWEST) {
            to = from;
            return;
        }
        find(batch, table, database);
        touch(to - from);
    }

    /** Looks at the keys of one command, whose shards are locked. */
    void look(Arguments args, Worker worker) {
        int keys = Math.min(args.keyCount(), MOST_KEYS);
        if (keys < FEWEST) {
            return;
        }
        // The requests that were looked at are not forgotten: only these two arrays are used for something else.
        for (int begin = 0; begin < keys; begin += WINDOW) {
            int count = Math.min(WINDOW, keys - begin);
            for (int i = 0; i < count; i++) {
                KeyRef key = args.keyAt(begin + i);
                tags[i] = key.tag;
                segments[i] = worker.table(key.shard).segment(key.tag);
            }
            touch(count);
        }
    }

    private void touch(int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            Segment segment = segments[i];
            if (segment != null) {
                sum += segment.touchTag(tags[i]);
            }
        }
        for (int i = 0; i < count; i++) {
            Segment segment = segments[i];
            if (segment != null) {
                sum += segment.touchKey(tags[i]);
            }
        }
        Arrays.fill(segments, 0, count, null);
        touched += sum;
    }

    private void find(RequestBatch batch, CommandTable table, int database) {
        byte[] buffer = batch.buffer();
        Command last = null;
        int lastShard = 0;
        KeyTable keys = databases.shard(0).table(database);
        for (int request = from; request < to; request++) {
            int first = batch.firstArgument(request);
            int offset = batch.offset(first);
            int length = batch.length(first);
            boolean same = last != null && CommandTable.isNamed(last, buffer, offset, length);
            Command command = same ? last : table.find(buffer, offset, length);
            last = command;
            commands[request - from] = command;
            if (command != null && command.singleKey > 0 && command.singleKey < batch.argumentCount(request)) {
                int key = first + command.singleKey;
                long hash = databases.hash(buffer, batch.offset(key), batch.length(key));
                hashes[request - from] = hash;
                int tag = KeyHash.tag(hash);
                tags[request - from] = tag;
                int shard = databases.shardOf(hash);
                if (shard != lastShard) {
                    lastShard = shard;
                    keys = databases.shard(shard).table(database);
                }
                segments[request - from] = keys.segmentUnlocked(tag);
            }
        }
    }
}

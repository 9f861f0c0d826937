package io.miniredis.engine;

import io.miniredis.api.CommandException;
import java.util.BitSet;

/**
 * A worker's part in transactions: queues what clients send between MULTI and EXEC, runs it at one moment for everyone, and watches
 * keys. Confined to the worker's thread.
 */
final class Transactions {
    private final Worker worker;
    private final Databases databases;
    private final ShardLocks locks;
    private boolean running;

    Transactions(Worker worker) {
        this.worker = worker;
        databases = worker.engine.databases();
        locks = worker.locks;
    }

    /** Whether queued commands run. */
    boolean isRunning() {
        return running;
    }

    /** Begins to queue. */
    void begin() throws CommandException {
        ClientSession client = worker.session();
        if (client.transaction() != null) {
            throw new CommandException("ERR MULTI calls can not be nested");
        }
        client.transaction(new Transaction(worker.engine.queuedBytes()));
    }

    /** Forgets what is queued, and what is watched. */
    void discard() {
        worker.session().transaction(null);
        unwatch(worker.session());
    }

    /** Runs what the client has queued, unless what it watches has changed. */
    void run(Transaction queued) throws CommandException {
        lock(queued);
        boolean unchanged = isWatchUnbroken(worker.session().watch());
        discard();
        if (queued.isAborted()) {
            throw new CommandException("EXECABORT Transaction discarded because of previous errors.");
        }
        if (!unchanged) {
            worker.replies().nullArray();
        } else if (queued.size() == 0) {
            worker.replies().array(0);
        } else {
            runAll(queued);
        }
    }

    private void runAll(Transaction queued) {
        worker.replies().replies(queued.size());
        running = true;
        locks.pin();
        try {
            worker.runAll(queued);
        } finally {
            locks.unpin();
            running = false;
        }
    }

    /** Takes the locks of all keys that the queued commands declare, and of those that the client watches. */
    private void lock(Transaction queued) {
        if (queued.reachesAll() || databases.shards() == 1) {
            locks.acquireAll();
            return;
        }
        BitSet shards = worker.shardsOf(queued);
        WatchedKeys watched = worker.session().watch();
        if (watched != null) {
            watched.keys().forEach(key -> shards.set(databases.shardOf(key.hash())));
        }
        int[] wanted = shards.stream().toArray();
        locks.acquire(wanted, wanted.length);
        worker.lockWaiters(wanted, wanted.length);
    }

    /** Watches the keys of the running command. */
    void watch(Arguments args) throws CommandException {
        ClientSession client = worker.session();
        if (client.transaction() != null) {
            throw new CommandException("ERR WATCH inside MULTI is not allowed");
        }
        WatchedKeys watched = client.watch();
        if (watched == null) {
            watched = new WatchedKeys();
            client.watch(watched);
        }
        for (int i = 0; i < args.keyCount(); i++) {
            KeyRef ref = args.keyAt(i);
            worker.keyspace().isThere(ref); // an expired one is removed first, lest its removal count as a change
            DatabaseKey key = DatabaseKey.of(ref);
            watched.keys().add(key);
            databases.shard(ref.shard).observers.add(key, watched);
        }
    }

    /** Watches nothing any more. Takes shard locks. */
    void unwatch(ClientSession client) {
        WatchedKeys watched = client.watch();
        if (watched == null) {
            return;
        }
        client.watch(null);
        for (DatabaseKey key : watched.keys()) {
            int shard = databases.shardOf(key.hash());
            locks.acquire(shard);
            databases.shard(shard).observers.remove(key, watched);
        }
    }

    /** Whether nothing that is watched has changed, or expired by now. The locks are held. */
    private boolean isWatchUnbroken(WatchedKeys watched) {
        if (watched == null) {
            return true;
        }
        for (DatabaseKey key : watched.keys()) {
            if (worker.expire(key)) {
                watched.breakUp();
            }
        }
        return !watched.isBroken();
    }
}

package io.miniredis.engine;

import io.miniredis.api.eviction.RemovalCause;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Removes expired keys that nobody asks for: one table at a time, one segment at a time. Each run works for a while and begins with the table after
 * the one where the run before had to stop, so none waits for ever behind another.
 *
 * <p>A shard's lock is held for a segment of some hundred keys if anybody waits for it, otherwise for about a millisecond. It is let go of until
 * who waited has it: a lock that is free for a moment would be taken again before they are awake. Confined to one thread at a time.
 */
final class ExpiryCycle {
    /** How long one run works at most. */
    private static final long BUDGET_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    /** How long a shard is held at a time while nobody waits for it. */
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

    /** How long others are let in at most, when there are always some. */
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Databases databases;
    private final Ticker ticker;

    /** The table to begin with: the number of its shard times how many databases there are, plus the number of its database. */
    private int next;

    ExpiryCycle(Databases databases, Ticker ticker) {
        this.databases = databases;
        this.ticker = ticker;
    }

    /**
     * Removes expired keys of all databases, as many as there is time for.
     *
     * @return whether some may be left
     */
    boolean run(Worker worker) {
        int tables = databases.shards() * databases.count();
        long deadline = ticker.nanos() + BUDGET_NANOS;
        try {
            for (int left = tables; left > 0; left--) {
                int table = next;
                next = (next + 1) % tables; // whatever is left of this one, the others come first
                if (!expireTable(worker, table / databases.count(), table % databases.count(), deadline)) {
                    return true;
                }
            }
        } finally {
            worker.locks.releaseAll();
            worker.tellOthers();
        }
        return false;
    }

    /** Returns whether nothing is left in this table. */
    private boolean expireTable(Worker worker, int shard, int database, long deadline) {
        ShardLocks locks = worker.locks;
        locks.acquire(shard);
        KeyTable table = databases.shard(shard).table(database);
        long now = ticker.millis();
        if (!table.mayHaveExpired(now)) {
            return true;
        }
        KeyTable.Visitor counting =
                (segment, slot) -> worker.removing(shard, database, segment, slot, RemovalCause.EXPIRED);
        long sliceEnd = ticker.nanos() + SLICE_NANOS;
        while (table.expireSome(now, counting) >= 0) {
            databases.shard(shard).tidy(); // now and then rather than everything at the end
            long nanos = ticker.nanos();
            if (nanos - deadline >= 0) {
                return false;
            }
            if (nanos - sliceEnd >= 0 || locks.isWanted(shard)) {
                letOthersIn(worker, shard);
                sliceEnd = ticker.nanos() + SLICE_NANOS;
            }
        }
        return true;
    }

    private void letOthersIn(Worker worker, int shard) {
        ShardLocks locks = worker.locks;
        locks.releaseAll();
        worker.tellOthers();
        long end = ticker.nanos() + LONGEST_PAUSE_NANOS;
        do {
            LockSupport.parkNanos(PAUSE_NANOS);
        } while (locks.isWanted(shard) && ticker.nanos() - end < 0);
        locks.acquire(shard);
    }
}

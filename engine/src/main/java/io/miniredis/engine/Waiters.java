package io.miniredis.engine;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients that wait, to be found by the time when they have waited enough. Who waits for a key is found in its shard. A thread of
 * its own ends those whose time has come.
 */
final class Waiters implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Waiters.class);

    private final Databases databases;
    private final Ticker ticker;
    private final ShardLocks locks;

    /** Those with a deadline. Guarded by this object's monitor, within which no lock is taken. */
    private final TreeSet<Waiter> byDeadline =
            new TreeSet<>(Comparator.comparingLong((Waiter waiter) -> waiter.deadlineNanos)
                    .thenComparingLong(waiter -> waiter.client.id()));

    private final AtomicInteger count = new AtomicInteger();

    Waiters(Databases databases, Ticker ticker) {
        this.databases = databases;
        this.ticker = ticker;
        locks = databases.newLocks();
    }

    int count() {
        return count.get();
    }

    /** How many of them wait for a limited time. */
    synchronized int countWithDeadline() {
        return byDeadline.size();
    }

    /** Has a client wait. The caller holds the locks of the waiter's shards. */
    void add(Waiter waiter) {
        for (DatabaseKey key : waiter.wish.keys()) {
            databases.shard(databases.shardOf(key.hash())).waiters.add(key, waiter);
        }
        countFar(waiter, 1);
        count.incrementAndGet();
        if (waiter.deadlineNanos != Long.MAX_VALUE) {
            addDeadline(waiter);
        }
    }

    /** Ends the waiting, and tells the client's own thread. The caller holds the locks of the waiter's shards. */
    void end(Waiter waiter, Waiter.End end) {
        for (DatabaseKey key : waiter.wish.keys()) {
            databases.shard(databases.shardOf(key.hash())).waiters.remove(key, waiter);
        }
        countFar(waiter, -1);
        count.decrementAndGet();
        if (waiter.deadlineNanos != Long.MAX_VALUE) {
            removeDeadline(waiter);
        }
        waiter.end(end);
        if (end != Waiter.End.GONE) {
            waiter.client.wake();
        }
    }

    /** Ends the waiting of a client whose work is done, if it waits still. For a thread that holds no locks. */
    void end(Waiter waiter) {
        endUnlessEnded(waiter, Waiter.End.DONE);
    }

    private void endUnlessEnded(Waiter waiter, Waiter.End end) {
        synchronized (locks) {
            locks.acquire(waiter.shards, waiter.shards.length);
            try {
                if (waiter.end() == null) {
                    end(waiter, end);
                }
            } finally {
                locks.releaseAll();
            }
        }
    }

    private void countFar(Waiter waiter, int change) {
        if (waiter.isFar()) {
            for (int shard : waiter.shards) {
                databases.shard(shard).farWaiters += change;
            }
        }
    }

    private synchronized void addDeadline(Waiter waiter) {
        byDeadline.add(waiter);
        if (byDeadline.first() == waiter) {
            notifyAll();
        }
    }

    private synchronized void removeDeadline(Waiter waiter) {
        byDeadline.remove(waiter);
    }

    /** Ends the waiting of those whose time has come, until it is interrupted. */
    @Override
    public void run() {
        try {
            while (true) {
                awaitDeadline();
                try {
                    timeOut();
                } catch (RuntimeException e) {
                    LOG.error("A client that waited could not be told that its time is over", e);
                }
            }
        } catch (InterruptedException stopped) {
            // so it ends
        }
    }

    private synchronized void awaitDeadline() throws InterruptedException {
        for (long millis = millisLeft(); millis > 0; millis = millisLeft()) {
            wait(millis);
        }
    }

    /** Until the first deadline is past, rounded up; 0 if it is. */
    private long millisLeft() {
        if (byDeadline.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long nanos = byDeadline.first().deadlineNanos - ticker.nanos();
        return nanos < 0 ? 0 : nanos / 1_000_000 + 1;
    }

    /** Ends the waiting of those whose time has come. When this returns, nobody does the same any more. */
    void timeOut() {
        synchronized (locks) {
            for (Waiter waiter = due(); waiter != null; waiter = due()) {
                endUnlessEnded(waiter, Waiter.End.TIMED_OUT);
            }
        }
    }

    /** The first whose time has come, or null. It may end in another way before its shards are locked. */
    private synchronized Waiter due() {
        Waiter first = byDeadline.isEmpty() ? null : byDeadline.first();
        return first != null && first.deadlineNanos - ticker.nanos() < 0 ? first : null;
    }
}

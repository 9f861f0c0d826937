package io.miniredis.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evicts in the background what commands left, because that would have taken them too long: for as long at a time as one of them
 * may, with pauses that let them in. Sleeps while there is nothing to do.
 */
final class EvictionCycle {
    private static final Logger LOG = LoggerFactory.getLogger(EvictionCycle.class);

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

    private final Evictions evictions;
    private volatile boolean isWanted;

    /** Where the cycle runs; null while nowhere. */
    private volatile Thread thread;

    EvictionCycle(Evictions evictions) {
        this.evictions = evictions;
    }

    /** Has it begin, unless it is at work. Cheap; takes no lock. */
    void wake() {
        if (!isWanted) {
            isWanted = true;
            LockSupport.unpark(thread);
        }
    }

    /** Whether commands have left something to evict. */
    boolean isWanted() {
        return isWanted;
    }

    /** Evicts whenever there is something to, until the thread is interrupted. */
    void run(Worker worker) {
        thread = Thread.currentThread();
        while (!Thread.currentThread().isInterrupted()) {
            if (isWanted) {
                runOnce(worker);
                LockSupport.parkNanos(PAUSE_NANOS); // or this thread would have the lock again before who waits for it
            } else {
                LockSupport.park(this);
            }
        }
    }

    /** Evicts for as long as one command may. What is left then is {@linkplain #isWanted wanted} still. */
    void runOnce(Worker worker) {
        isWanted = false;
        try {
            worker.refreshTime();
            evictions.makeRoom(worker, 0);
        } catch (RuntimeException e) {
            LOG.error("An eviction cycle failed", e);
        } finally {
            worker.locks.releaseAll();
        }
    }
}

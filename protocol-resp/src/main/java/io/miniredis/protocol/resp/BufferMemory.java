package io.miniredis.protocol.resp;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/**
 * What the buffers of a server's connections take together, kept below a limit: input and output, beyond the little that each connection
 * and each I/O thread has in any case. It is asked when a buffer grows or a chunk is made, so not while what there is suffices. Thread-safe.
 *
 * <p>When there is no room, connections that hold more than the one that asks are cut off, the one that holds most first. What they hold
 * comes back when their own threads get to it; until then it counts as free, up to once the limit.
 */
final class BufferMemory {
    private final LongSupplier maxBytes;
    private final LongPredicate cutOffLarger;
    private final AtomicLong bytes = new AtomicLong();
    /** What those hold that are cut off. */
    private final AtomicLong leaving = new AtomicLong();

    /**
     * Begins with no buffers.
     *
     * @param maxBytes what they may take together; asked whenever one is to grow
     * @param cutOffLarger cuts off the connection that holds most, if that is more than so many bytes; false if there is none
     */
    BufferMemory(LongSupplier maxBytes, LongPredicate cutOffLarger) {
        this.maxBytes = maxBytes;
        this.cutOffLarger = cutOffLarger;
    }

    /** An account without a limit. */
    static BufferMemory unlimited() {
        return new BufferMemory(() -> Long.MAX_VALUE, holding -> false);
    }

    /**
     * Takes account of more, if there is room without cutting anybody off.
     *
     * @param more how many bytes
     * @param soon how many will have to follow, as far as that is known; counts only for this decision
     * @return whether there is
     */
    boolean takeIfFree(long more, long soon) {
        long max = maxBytes.getAsLong();
        long present = bytes.addAndGet(more) - Math.min(leaving.get(), max);
        if (present + soon <= max) {
            return true;
        }
        bytes.addAndGet(-more);
        return false;
    }

    /**
     * Takes account of more, if there is room, or if cutting others off makes room.
     *
     * @param more how many bytes
     * @param soon how many will have to follow, as far as that is known; counts only for this decision
     * @param holding what the connection that asks holds with all this: only those that hold more go
     * @return whether there is room
     */
    boolean take(long more, long soon, long holding) {
        while (!takeIfFree(more, soon)) {
            long max = maxBytes.getAsLong();
            if (holding > max || leaving.get() >= max || !cutOffLarger.test(holding)) {
                return false;
            }
        }
        return true;
    }

    /** Takes account of a change that nobody is asked about. */
    void add(long more) {
        if (more != 0) {
            bytes.addAndGet(more);
        }
    }

    /** Says that somebody was cut off who holds so much. */
    void leaving(long held) {
        leaving.addAndGet(held);
    }

    /** Says that who was cut off has given back what it held. */
    void left(long held) {
        leaving.addAndGet(-held);
    }

    /** Whether hardly any of the limit is taken, a sixteenth at most. */
    boolean isPlentiful() {
        return bytes.get() <= maxBytes.getAsLong() / 16;
    }

    /** Whether more than half of the limit is taken. */
    boolean isTight() {
        return bytes.get() > maxBytes.getAsLong() / 2;
    }

    long bytes() {
        return bytes.get();
    }
}

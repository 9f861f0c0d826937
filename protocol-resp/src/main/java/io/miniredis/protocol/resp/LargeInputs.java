package io.miniredis.protocol.resp;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** What a server's large input buffers take together, kept below a limit. Thread-safe. */
final class LargeInputs {
    private final LongSupplier maxBytes;
    private final AtomicLong bytes = new AtomicLong();

    /**
     * Begins with no buffers.
     *
     * @param maxBytes what they may take together; asked whenever one is to grow
     */
    LargeInputs(LongSupplier maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Takes account of a buffer that is exchanged for another, unless the limit is in the way of what it is to become.
     *
     * @param from what it took until now; 0 if it was not large
     * @param to what it is to take now
     * @param reach what it will have to take in the end, as far as that is known; counts only for this decision
     * @return whether it may
     */
    boolean exchange(int from, int to, int reach) {
        if (from == to) {
            return true;
        }
        long others = bytes.addAndGet((long) to - from) - to;
        if (to > from && others + Math.max(to, reach) > maxBytes.getAsLong()) {
            bytes.addAndGet((long) from - to);
            return false;
        }
        return true;
    }

    /** Takes account of a change that nobody is asked about. */
    void add(int more) {
        if (more != 0) {
            bytes.addAndGet(more);
        }
    }

    long bytes() {
        return bytes.get();
    }
}

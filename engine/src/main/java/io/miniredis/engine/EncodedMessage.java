package io.miniredis.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * A message as it goes on the wire in one protocol, shared by all who get it. Counts in the sum of what waits as long as it waits in
 * anybody's {@link Outbox}, once.
 */
final class EncodedMessage {
    /** What an object of this class and its array take beside the bytes. */
    private static final int OVERHEAD_BYTES = 64;

    /** Messages from this length on may be sent from where they lie, without being copied. */
    private static final int LONG_BYTES = 4096;

    /** Never changed. */
    final byte[] bytes;

    private final AtomicInteger outboxes = new AtomicInteger();

    EncodedMessage(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether whoever sends it may refer to it until it is sent. */
    boolean isLong() {
        return bytes.length >= LONG_BYTES;
    }

    /** What it occupies. */
    long memoryBytes() {
        return (long) bytes.length + OVERHEAD_BYTES;
    }

    /** Notes that it waits in one more outbox. */
    void hold(LongAdder sum) {
        if (outboxes.getAndIncrement() == 0) {
            sum.add(memoryBytes());
        }
    }

    /** Notes that it no longer waits in one of them. */
    void release(LongAdder sum) {
        if (outboxes.decrementAndGet() == 0) {
            sum.add(-memoryBytes());
        }
    }
}

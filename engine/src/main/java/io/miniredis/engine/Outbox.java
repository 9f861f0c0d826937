package io.miniredis.engine;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.LongAdder;

/**
 * What waits to be told to one client, in the order in which it is to hear it. Any thread adds; the client's own thread takes. Its monitor
 * is held for a moment, and no other is taken within it.
 */
final class Outbox {
    /** What a reference takes in the queue. */
    private static final int REFERENCE_BYTES = 8;

    private final ArrayDeque<EncodedMessage> waiting = new ArrayDeque<>();
    /** What is long and was taken, and is not sent yet. */
    private final ArrayDeque<EncodedMessage> sending = new ArrayDeque<>();
    /** The sum of what waits in all outboxes. */
    private final LongAdder sum;
    /** The length of all that waits or is being sent. */
    private long bytes;
    /** Whether the client is gone. */
    private boolean closed;

    Outbox(LongAdder sum) {
        this.sum = sum;
    }

    /** What became of a message. */
    enum Outcome {
        /** The client is gone, or unsubscribed meanwhile. */
        REFUSED,
        /** It waits alone: the client's thread must be told. */
        FIRST,
        /** It waits behind others. */
        QUEUED
    }

    /**
     * Adds a message.
     *
     * @param through the subscription that it comes by; null if none
     */
    synchronized Outcome add(EncodedMessage message, Subscription through) {
        if (closed || (through != null && through.over)) {
            return Outcome.REFUSED;
        }
        boolean first = waiting.isEmpty();
        waiting.add(message);
        bytes += message.bytes.length;
        message.hold(sum);
        sum.add(REFERENCE_BYTES);
        return first ? Outcome.FIRST : Outcome.QUEUED;
    }

    /** Takes the first message; null if there is none. A long one counts as waiting until it is {@linkplain #sent sent}. */
    synchronized EncodedMessage take() {
        EncodedMessage first = waiting.poll();
        if (first != null) {
            if (first.isLong()) {
                sending.add(first);
            } else {
                release(first);
            }
        }
        return first;
    }

    private void release(EncodedMessage message) {
        bytes -= message.bytes.length;
        message.release(sum);
        sum.add(-REFERENCE_BYTES);
    }

    /**
     * Says that all that was taken is sent.
     *
     * @return whether more waits
     */
    synchronized boolean sent() {
        for (EncodedMessage message = sending.poll(); message != null; message = sending.poll()) {
            release(message);
        }
        return !waiting.isEmpty();
    }

    /** Lets nothing more in through a subscription. */
    synchronized void end(Subscription subscription) {
        subscription.over = true;
    }

    /** Forgets all that waits, and lets nothing more in. */
    synchronized void close() {
        closed = true;
        sending.addAll(waiting);
        waiting.clear();
        sent();
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** How many messages wait or are being sent. */
    synchronized int size() {
        return waiting.size() + sending.size();
    }

    /** How long all that waits or is being sent is. */
    synchronized long bytes() {
        return bytes;
    }
}

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
    /** The sum of what waits in all outboxes. */
    private final LongAdder sum;
    /** The length of all that waits. */
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

    /** Takes the first message; null if there is none. */
    synchronized EncodedMessage take() {
        EncodedMessage first = waiting.poll();
        if (first != null) {
            bytes -= first.bytes.length;
            first.release(sum);
            sum.add(-REFERENCE_BYTES);
        }
        return first;
    }

    /** Lets nothing more in through a subscription. */
    synchronized void end(Subscription subscription) {
        subscription.over = true;
    }

    /** Forgets all that waits, and lets nothing more in. */
    synchronized void close() {
        closed = true;
        while (take() != null) {
            // forgotten
        }
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** How many messages wait. */
    synchronized int size() {
        return waiting.size();
    }

    /** How long all that waits is. */
    synchronized long bytes() {
        return bytes;
    }
}

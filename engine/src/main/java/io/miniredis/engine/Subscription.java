package io.miniredis.engine;

/** One client's interest in one channel or pattern. */
final class Subscription {
    final ClientSession client;

    /** Whether it has ended. Read and written under the monitor of the client's {@link Outbox}. */
    boolean over;

    Subscription(ClientSession client) {
        this.client = client;
    }
}

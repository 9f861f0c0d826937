package io.miniredis.api.transport;

/** A client's side of the engine: what it has selected, named, agreed on. Implemented by the engine, one per connection. */
public interface Session {

    /**
     * Runs requests in their order and writes their replies. Called by one thread at a time. It may stop early, after a
     * command that ends the connection or when enough replies wait to be sent; the caller sends them and calls again.
     *
     * @param batch decoded requests; their bytes do not change before this returns
     * @param from the first request to run
     * @param replies where the replies go
     * @return the first request that did not run; {@code batch.size()} if all did
     */
    int execute(RequestBatch batch, int from, ReplyStream replies);

    /**
     * Whether the client has authenticated, or need not. Until then it may send only small requests, one at a time.
     *
     * @return true for a client that is trusted with large requests
     */
    default boolean authenticated() {
        return true;
    }

    /** Says that the connection is gone. Called once. */
    void disconnected();
}

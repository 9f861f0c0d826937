package io.miniredis.api.transport;

/** A client's side of the engine: what it has selected, named, agreed on. Implemented by the engine, one per connection. */
public interface Session {

    /**
     * Runs requests in their order and writes their replies. Called by one thread at a time. It may stop early: after a command
     * that ends the connection, when enough replies wait to be sent, or when the client {@linkplain #isWaiting waits}. The caller
     * sends what was written, and calls again when the client does not wait.
     *
     * @param batch decoded requests; their bytes do not change before this returns
     * @param from the first request to run
     * @param replies where the replies go
     * @return the first request that did not run; {@code batch.size()} if all did
     */
    int execute(RequestBatch batch, int from, ReplyStream replies);

    /**
     * Whether the client waits for something other than its own requests, such as a key. Then none of them is to be run, but it
     * may be read from, if only to learn that it is gone.
     *
     * @return true from within {@link #execute} or {@link #resume} until within a later {@link #resume}
     */
    boolean isWaiting();

    /**
     * Writes what came up for the client since {@link Connection#wake} was called, if anything, or a part of it, and then wakes the
     * connection once more. Called by the thread that runs its requests, not while one runs nor while anything waits to be sent.
     *
     * @param replies where replies go
     */
    void resume(ReplyStream replies);

    /**
     * Whether the client has authenticated, or need not. Until then it may send only small requests, one at a time.
     *
     * @return true for a client that is trusted with large requests
     */
    default boolean authenticated() {
        return true;
    }

    /**
     * Whether the client may stay connected however long it says nothing, since it is there to listen. May be asked by any thread.
     *
     * @return true for a client that must not be taken for idle
     */
    default boolean isListening() {
        return false;
    }

    /**
     * Says that the connection is cut off because there is no memory for what it holds: for the reply to a command that has run, or for
     * requests and replies of others who hold less. Called at any time and by any thread, also while one runs another client's command;
     * {@link #disconnected} follows later.
     */
    default void overflowed() {}

    /** Says that the connection is gone. Called once. */
    void disconnected();
}

package io.miniredis.api.transport;

import io.miniredis.api.Reply;

/**
 * The replies to a run of requests, one after the other. The engine brackets each command with {@link #begin} and
 * {@link #isComplete}, so that nothing but whole replies ever leaves.
 */
public interface ReplyStream extends Reply {

    /**
     * Chooses the protocol of the replies from here on.
     *
     * @param version 2 or 3
     */
    void protocol(int version);

    /** Begins one command's reply, and remembers where. */
    void begin();

    /**
     * Whether exactly one whole value was written since {@link #begin}.
     *
     * @return false if the reply is missing, incomplete or too long
     */
    boolean isComplete();

    /** Withdraws all that was written since {@link #begin}. */
    void rollback();

    /**
     * Begins an array of whole replies, each of which is bracketed by itself: what a transaction answers. It counts for no reply
     * itself, and is not withdrawn with any.
     *
     * @param count how many replies follow, 1 or more
     */
    void replies(int count);

    /**
     * Begins a push, which RESP3 has for what nobody asked for: an array in RESP2. Not every stream takes one.
     *
     * @param size how many values follow
     */
    default void push(int size) {
        throw new UnsupportedOperationException("no place for a push");
    }

    /**
     * Puts a message before what was written since {@link #begin}, so that it comes between two replies. It counts for no reply and is not
     * withdrawn with any. Only a connection's own stream takes messages.
     *
     * @param encoded what {@link Connection#encode} made, not to be changed any more: a long one is sent from where it lies
     */
    default void message(byte[] encoded) {
        throw new UnsupportedOperationException("no place for a message");
    }

    /** Remembers where {@link #drop} goes back to. Only of a connection's own stream. */
    default void hold() {
        throw new UnsupportedOperationException("nothing to hold");
    }

    /** Withdraws all that was written since {@link #hold}, whole replies and messages too. */
    default void drop() {
        throw new UnsupportedOperationException("nothing to drop");
    }

    /**
     * How much is waiting to be sent.
     *
     * @return bytes; more than any limit if there is no room for it, so that the connection will be {@linkplain Session#overflowed cut off}
     */
    long pendingBytes();
}

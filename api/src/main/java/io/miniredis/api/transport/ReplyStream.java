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
     * How much is waiting to be sent.
     *
     * @return bytes
     */
    long pendingBytes();
}

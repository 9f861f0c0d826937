package io.miniredis.engine;

import io.miniredis.api.ValueType;
import io.miniredis.api.transport.ReplyStream;
import io.miniredis.api.transport.RequestBatch;
import java.util.Set;

/**
 * A client that waits for keys: the command that is to run again, and for what. Everything about it happens under the locks of
 * {@link #shards}, all of them, so it ends once and in one way. Its own thread learns of the end when it is woken.
 */
final class Waiter {

    /** How waiting ends. */
    enum End {
        /** The command ran again and has answered. */
        SERVED,
        TIMED_OUT,
        /** What was offloaded is done. */
        DONE,
        /** By CLIENT UNBLOCK, with an error. */
        UNBLOCKED,
        /** The command is there no more. */
        WITHDRAWN,
        GONE
    }

    /**
     * What is waited for.
     *
     * @param type what a key must hold; null if no key is waited for
     * @param keys any of these
     * @param offload work that is to be done; null if there is none
     */
    record Wish(ValueType<?> type, Set<DatabaseKey> keys, Offload<?> offload) {}

    final ClientSession client;
    final Command command;
    /** The one request that waits. */
    final RequestBatch request;

    final Wish wish;

    /** The shards of all keys of the command, whether it waits for them or not, in ascending order; one at least. */
    final int[] shards;

    /** {@link Long#MAX_VALUE} for ever. */
    final long deadlineNanos;

    private final ReplyRecording reply = new ReplyRecording();
    private volatile End end;

    Waiter(ClientSession client, Command command, RequestBatch request, Wish wish, int[] shards, long deadlineNanos) {
        this.client = client;
        this.command = command;
        this.request = request;
        this.wish = wish;
        this.shards = shards;
        this.deadlineNanos = deadlineNanos;
    }

    /** Whether it takes more locks than one to run the command. */
    boolean isFar() {
        return shards.length > 1;
    }

    /** How it ended; null while it waits. */
    End end() {
        return end;
    }

    void end(End how) {
        end = how;
    }

    /** Where the command's answer goes until the client's own thread takes it. */
    ReplyStream reply() {
        return reply;
    }

    void replayTo(ReplyStream replies) {
        reply.replayTo(replies);
    }
}

package io.miniredis.engine;

import io.miniredis.api.transport.ReplyStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A worker's part in telling clients what they have not asked for: puts messages into their outboxes, and wakes them when the requests
 * that caused it have run. What the requests' own client is told comes before the reply of the command that caused it. Confined to the
 * worker's thread.
 */
final class Messages {
    /** So much is taken from an outbox at a time, unless the client has something to say itself. */
    private static final long SOME_BYTES = 1 << 15;

    private final Outboxes outboxes;

    /** Whose requests run, and where its replies go; null between runs. */
    private ClientSession own;

    private ReplyStream replies;

    /** Whether anything was put into its outbox. */
    private boolean ownTold;

    /** What it is told after the reply to the request that runs. */
    private final List<EncodedMessage> afterReply = new ArrayList<>();

    private boolean ownToldAfter;

    /** Whether it is sent a long message, which counts until it is sent. */
    private boolean ownSentLong;

    /** The others, each at least once if its outbox was empty. */
    private final List<ClientSession> told = new ArrayList<>();

    Messages(Outboxes outboxes) {
        this.outboxes = outboxes;
    }

    /** Begins to serve a client: what it was told earlier comes first, all of it if requests are to run. */
    void begin(ClientSession client, ReplyStream out, boolean requestsFollow) {
        own = client;
        replies = out;
        Outbox outbox = client.outbox();
        if (outbox != null && outbox.sent()) {
            out.begin();
            deliver(outbox, requestsFollow ? Long.MAX_VALUE : SOME_BYTES);
            if (!outbox.isEmpty()) {
                client.wake();
            }
        }
    }

    private void deliver(Outbox outbox, long most) {
        long delivered = 0;
        while (delivered < most) {
            EncodedMessage message = outbox.take();
            if (message == null) {
                return;
            }
            replies.message(message.bytes);
            delivered += message.bytes.length;
            ownSentLong |= message.isLong();
        }
    }

    /**
     * Tells a client something, whatever it does at the moment.
     *
     * @return false if it is gone
     */
    boolean tell(ClientSession receiver, Message message) {
        return tell(receiver, receiver.protocol(), message);
    }

    /** Does the same, in a protocol that the client spoke a moment ago. */
    boolean tell(ClientSession receiver, int protocol, Message message) {
        return tell(receiver, message.encodedFor(receiver, protocol), null);
    }

    /** Tells the requests' own client something, after the reply to the request that runs. */
    void tellAfterReply(EncodedMessage message) {
        afterReply.add(message);
        ownToldAfter = true;
    }

    /**
     * Tells a client something through a subscription.
     *
     * @return false if that has ended
     */
    boolean tell(Subscription subscription, Message message) {
        ClientSession receiver = subscription.client;
        return tell(receiver, message.encodedFor(receiver, receiver.protocol()), subscription);
    }

    private boolean tell(ClientSession receiver, EncodedMessage message, Subscription through) {
        Outbox.Outcome outcome = receiver.outbox().add(message, through);
        if (outcome == Outbox.Outcome.REFUSED) {
            return false;
        }
        if (receiver == own) {
            ownTold = true;
        } else if (outcome == Outbox.Outcome.FIRST) {
            told.add(receiver);
        }
        outboxes.check(receiver, 0);
        return true;
    }

    /** Whether it is this client's requests that run. */
    boolean serve(ClientSession client) {
        return client == own;
    }

    /** Whether the client whose requests run was told something that is not among its replies yet. */
    boolean areOwnTold() {
        return ownTold;
    }

    /** Puts what the client was told before the reply that was begun last. */
    void deliverOwn() {
        ownTold = false;
        deliver(own.outbox(), Long.MAX_VALUE);
    }

    /** Puts what the client was told after its reply behind all replies there are. No reply is begun or held. */
    void deliverAfterReply() {
        if (ownToldAfter) {
            ownToldAfter = false;
            replies.begin();
            afterReply.forEach(message -> replies.message(message.bytes));
            afterReply.clear();
        }
    }

    /** Ends a run of requests. */
    void end() {
        if (ownTold) {
            replies.begin();
            deliverOwn();
        }
        deliverAfterReply();
        outboxes.check(own, replies.pendingBytes());
        if (ownSentLong) {
            ownSentLong = false;
            own.wake(); // which leads here again once it is sent
        }
        own = null;
        replies = null;
        wakeTold();
    }

    /** Wakes all who were told something. */
    void wakeTold() {
        if (!told.isEmpty()) {
            told.forEach(ClientSession::wake);
            told.clear();
        }
    }
}

package io.miniredis.engine;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A client that has copies of keys, and is told when they are no longer right. Belongs to the client's own thread, but for what is said to
 * be otherwise; is told of changes by whatever thread makes them.
 */
final class TrackingClient implements KeyObserver {
    private final ClientSession session;
    private final TrackingTable table;

    /** Read by any thread. */
    private volatile TrackingMode mode;

    /** Whether who was to be told instead is gone. Written by any thread. */
    private volatile boolean redirectionBroken;

    /** The prefixes of the keys that it hears of, as Latin-1. */
    private final SortedSet<String> prefixes = new TreeSet<>();

    /** Whether CLIENT CACHING was called just before. */
    private boolean caching;

    TrackingClient(ClientSession session, TrackingTable table, TrackingMode mode) {
        this.session = session;
        this.table = table;
        this.mode = mode;
    }

    ClientSession session() {
        return session;
    }

    TrackingMode mode() {
        return mode;
    }

    void mode(TrackingMode newMode) {
        mode = newMode;
        redirectionBroken = false;
    }

    boolean isRedirectionBroken() {
        return redirectionBroken;
    }

    SortedSet<String> prefixes() {
        return Collections.unmodifiableSortedSet(prefixes);
    }

    boolean addPrefix(String prefix) {
        return prefixes.add(prefix);
    }

    boolean isCaching() {
        return caching;
    }

    void caching() {
        caching = true;
    }

    /** A request was answered: what CLIENT CACHING said was for it, unless it is CLIENT itself or within a transaction. */
    void answered(Command command, boolean inTransaction) {
        if (caching
                && !inTransaction
                && !(command != null && command.spec.name().startsWith("client|"))) {
            caching = false;
        }
    }

    /** Notes the keys of a command that has read them, and whose locks are still held. */
    void read(Arguments args, Worker worker) {
        TrackingMode now = mode;
        if (now.broadcast() || (now.optIn() && !caching) || (now.optOut() && caching)) {
            return;
        }
        for (int i = 0; i < args.keyCount(); i++) {
            table.note(args.keyAt(i), this, worker);
        }
    }

    /** On any thread: the copy of a key is no longer right. */
    @Override
    public void changed(DatabaseKey key, ClientSession by, Worker worker) {
        table.forget(key, this, worker);
        boolean isOwn = by != null && worker.messages.serve(session);
        if (!(isOwn && mode.noLoop())) {
            tell(worker.keyChanges.invalidation(key), worker.messages);
        }
    }

    /**
     * Tells the client, or who is told in its place. What its own requests have caused comes after their replies. In RESP2 a client hears
     * only if it is told in the place of another one, and has subscribed to something. On any thread.
     */
    void tell(Message message, Messages messages) {
        long id = mode.redirection();
        ClientSession receiver = id == 0 ? session : table.client(id);
        if (receiver == null) {
            redirectionBroken = true;
            if (session.protocol() > 2) {
                tell(session, 3, TrackingTable.redirectionBroken(id), messages);
            }
            return;
        }
        int protocol = receiver.protocol();
        if (protocol > 2 || (id != 0 && receiver.isSubscribed())) {
            tell(receiver, protocol, message, messages);
        }
    }

    private void tell(ClientSession receiver, int protocol, Message message, Messages messages) {
        if (receiver == session && messages.serve(session)) {
            messages.tellAfterReply(message.encodedFor(session, protocol));
        } else {
            messages.tell(receiver, protocol, message);
        }
    }
}

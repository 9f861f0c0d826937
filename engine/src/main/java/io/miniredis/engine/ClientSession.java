package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandException;
import io.miniredis.api.Errors;
import io.miniredis.api.transport.Connection;
import io.miniredis.api.transport.ReplyStream;
import io.miniredis.api.transport.RequestBatch;
import io.miniredis.api.transport.Session;
import java.util.function.Consumer;

/**
 * A client: its connection, and what it has selected, named and agreed on. Written by the thread that runs its commands; CLIENT
 * LIST on another thread may see a field a moment late.
 */
final class ClientSession implements Session {
    private final Engine engine;
    private final Connection connection;
    private final long id;
    private final long createdMillis;

    private volatile int database;
    private volatile int protocol = 2;
    private volatile String name = "";
    private volatile String libraryName = "";
    private volatile String libraryVersion = "";
    private volatile boolean closing;

    /** Whether it is gone for others, though its connection may not have ended yet. */
    private volatile boolean cutOff;

    /** Who it is; {@code default} if it has not said. */
    private volatile AclUser user;

    /** Whether it has said who it is, or needed not when it came. */
    private volatile boolean authenticated;

    /** What it waits for; null if it does not wait. */
    private volatile Waiter waiter;

    /** What it has queued; null outside of a transaction. */
    private volatile Transaction transaction;

    /** What it watches; null if nothing. */
    private volatile WatchedKeys watch;

    /** Whether a command of its waits for the end of a {@link Pause}. */
    private volatile boolean postponed;

    private volatile boolean protectedFromEviction;
    private volatile boolean leavesUntouched;

    /** What it was told and has not heard yet; null until it listens to anything. */
    private volatile Outbox outbox;

    /** What it has subscribed to; null until it subscribes to anything. */
    private volatile Subscriptions subscriptions;

    /** How copies that it has of keys are tracked; null if they are not. Written by its own thread alone, which reads it at every command. */
    private TrackingClient tracking;

    /** Whether it is shown all commands. */
    private volatile boolean monitor;

    /** Whether it is gone. Guarded by its own monitor. */
    private boolean gone;

    /** Since when more waits for it than the soft limit; 0 if not. */
    private volatile long overSinceNanos;

    // Read before every command, by the client's own thread.

    /** Whether there is something that it must not do: as a subscriber in RESP2, which cannot tell messages from replies, or as a monitor. */
    private boolean restricted;

    /** Which replies it wants. */
    private Replies wantedReplies = Replies.ON;

    /** Which replies a client wants, as it has said with CLIENT REPLY. */
    enum Replies {
        /** All. */
        ON,
        /** None. */
        OFF,
        /** Not that of the command after this one. */
        SKIP_NEXT,
        /** Not that of this command. */
        SKIP
    }

    // Written after every batch, so without the cost of volatile; nobody decides anything by them.
    private Command lastCommand;
    private long lastActiveMillis;

    ClientSession(Engine engine, Connection connection, long id) {
        this.engine = engine;
        this.connection = connection;
        this.id = id;
        becomeAnybody();
        createdMillis = engine.ticker().millis();
        lastActiveMillis = createdMillis;
    }

    @Override
    public int execute(RequestBatch batch, int from, ReplyStream replies) {
        return engine.worker().run(this, batch, from, replies);
    }

    @Override
    public boolean isWaiting() {
        return waiter != null || postponed;
    }

    @Override
    public void resume(ReplyStream replies) {
        engine.worker().resume(this, replies);
    }

    @Override
    public boolean isListening() {
        return isSubscribed() || monitor;
    }

    /** Encodes a message for clients on connections like this one's. */
    EncodedMessage encode(int version, Consumer<ReplyStream> message) {
        return new EncodedMessage(connection.encode(version, message));
    }

    /** Null until {@link #listen}. */
    Outbox outbox() {
        return outbox;
    }

    /** Lets the client be told something; if it is gone, nothing comes of it. On any thread. */
    synchronized void listen() {
        if (outbox == null) {
            Outbox opened = engine.outboxes().open();
            if (gone) {
                opened.close();
            }
            outbox = opened;
        }
    }

    /** Null if its copies of keys are not tracked. */
    TrackingClient tracking() {
        return tracking;
    }

    /**
     * Has the copies that it has of keys tracked, or not any more. On its own thread, whose worker may take all locks.
     *
     * @param mode how; null for not any more
     */
    void track(TrackingMode mode, Worker worker) {
        if (mode == null) {
            if (tracking != null) {
                engine.tracking().remove(tracking, worker);
                tracking = null;
            }
        } else if (tracking == null) {
            listen();
            tracking = new TrackingClient(this, engine.tracking(), mode);
            engine.tracking().add(tracking);
        } else {
            tracking.mode(mode);
        }
    }

    /** The number of the client that is told in its place when keys change; 0 if none, -1 if no copies are tracked. */
    long redirection() {
        TrackingClient tracked = tracking;
        return tracked == null ? -1 : tracked.mode().redirection();
    }

    boolean isMonitor() {
        return monitor;
    }

    /** Has it shown all commands, or not any more. On its own thread. */
    void monitor(boolean isMonitor) {
        if (isMonitor == monitor) {
            return;
        }
        monitor = isMonitor;
        restrict();
        if (isMonitor) {
            listen();
            engine.monitors().add(this);
        } else {
            engine.monitors().remove(this);
        }
    }

    /** What it has subscribed to. On its own thread. */
    Subscriptions subscriptions() {
        if (subscriptions == null) {
            listen();
            subscriptions = new Subscriptions(this, engine.pubSub());
        }
        return subscriptions;
    }

    boolean isSubscribed() {
        Subscriptions known = subscriptions;
        return known != null && !known.isEmpty();
    }

    /** What waits to be sent to it, in bytes. */
    long waitingBytes() {
        Outbox own = outbox;
        return connection.outputBytes() + (own == null ? 0 : own.bytes());
    }

    /** For how many nanoseconds more waits than the soft limit, given whether it does now. */
    long isOverFor(boolean over, long nowNanos) {
        long since = overSinceNanos;
        if (!over) {
            if (since != 0) {
                overSinceNanos = 0;
            }
            return -1;
        }
        if (since == 0) {
            overSinceNanos = nowNanos == 0 ? 1 : nowNanos;
            return 0;
        }
        return nowNanos - since;
    }

    /** Finds out anew whether it is restricted. On its own thread. */
    void restrict() {
        restricted = monitor || isResp2Subscriber();
    }

    /** Whether it has subscribed to something in RESP2, which cannot tell messages from replies. */
    boolean isResp2Subscriber() {
        return protocol < 3 && isSubscribed();
    }

    boolean isRestricted() {
        return restricted;
    }

    Replies wantedReplies() {
        return wantedReplies;
    }

    void want(Replies replies) {
        wantedReplies = replies;
    }

    /** Makes it as it was when it had just connected, but for its number. On its own thread. */
    void reset(Worker worker) {
        monitor(false);
        track(null, worker);
        if (subscriptions != null) {
            subscriptions.clear();
        }
        speak(2);
        select(0);
        rename("");
        becomeAnybody();
        if (wantedReplies == Replies.OFF || wantedReplies == Replies.SKIP_NEXT) {
            wantedReplies = Replies.ON;
        }
    }

    /** Forgets what it has subscribed to and what it was told. */
    synchronized void forgetMessages() {
        gone = true;
        if (subscriptions != null) {
            subscriptions.clear();
        }
        if (outbox != null) {
            outbox.close();
        }
    }

    /** Has {@link #resume} called on the connection's own thread. */
    void wake() {
        connection.wake();
    }

    /** Has its commands wait, or run again; by its own thread. */
    void postponed(boolean isPostponed) {
        postponed = isPostponed;
    }

    boolean isPostponed() {
        return postponed;
    }

    Waiter waiter() {
        return waiter;
    }

    void waiter(Waiter newWaiter) {
        waiter = newWaiter;
    }

    Transaction transaction() {
        return transaction;
    }

    void transaction(Transaction newTransaction) {
        if (transaction != null) {
            transaction.forget();
        }
        transaction = newTransaction;
    }

    WatchedKeys watch() {
        return watch;
    }

    void watch(WatchedKeys newWatch) {
        watch = newWatch;
    }

    @Override
    public boolean authenticated() {
        return authenticated || !engine.users().requireAuthentication();
    }

    /** Whether the client has said who it is, or needed not when it came. */
    boolean hasAuthenticated() {
        return authenticated;
    }

    AclUser user() {
        return user;
    }

    /** Is who has not said who it is. */
    private void becomeAnybody() {
        user = engine.users().defaultUser();
        authenticated = !engine.users().requireAuthentication();
    }

    void become(AclUser newUser) {
        user = newUser;
        authenticated = true;
    }

    /** Ends the connection of a client whose user is gone, or may not hear any more what the client hears. */
    void loseUser() {
        user = engine.users().defaultUser();
        authenticated = false;
        kill();
    }

    /** Ends the connection, because some client's command says so. If that is its own, it is still answered. */
    void kill() {
        if (engine.worker().session() == this) {
            closeAfterReply();
        } else {
            cutOff();
        }
    }

    @Override
    public void overflowed() {
        engine.outboxes().overflowed(this);
    }

    @Override
    public void disconnected() {
        engine.disconnected(this);
    }

    /** Called after each run of commands. */
    void ran(Command last, long nowMillis) {
        if (last != null) {
            lastCommand = last;
        }
        lastActiveMillis = nowMillis;
    }

    /** Ends the connection after the replies that are already written. */
    void closeAfterReply() {
        closing = true;
        connection.closeAfterReply();
    }

    /** Ends the connection at once, with nothing of what waits to be sent. On any thread. */
    void cutOff() {
        closing = true;
        cutOff = true;
        connection.close();
        Outbox own = outbox;
        if (own != null) {
            own.close();
        }
    }

    boolean isClosing() {
        return closing;
    }

    boolean isCutOff() {
        return cutOff;
    }

    long id() {
        return id;
    }

    /** What its input buffer takes. */
    long inputBufferBytes() {
        return (long) connection.inputBytes() + connection.inputFreeBytes();
    }

    /** What waits to be sent to it. */
    long outputBytes() {
        return connection.outputBytes();
    }

    int database() {
        return database;
    }

    void select(int newDatabase) {
        database = newDatabase;
    }

    int protocol() {
        return protocol;
    }

    void speak(int version) {
        protocol = version;
        restrict();
    }

    String name() {
        return name;
    }

    void rename(String newName) {
        name = newName;
    }

    ClientType type() {
        return isSubscribed() ? ClientType.PUBSUB : ClientType.NORMAL;
    }

    /** Reads ON or OFF. */
    static boolean isOn(Args args, int index) throws CommandException {
        if (args.is(index, "ON") || args.is(index, "OFF")) {
            return args.is(index, "ON");
        }
        throw Errors.syntax();
    }

    void protectFromEviction(boolean isProtected) {
        protectedFromEviction = isProtected;
    }

    /** Has its commands not count as uses of keys, or count again. */
    void leaveUntouched(boolean leaves) {
        leavesUntouched = leaves;
    }

    boolean leavesUntouched() {
        return leavesUntouched;
    }

    void libraryName(String newName) {
        libraryName = newName;
    }

    void libraryVersion(String newVersion) {
        libraryVersion = newVersion;
    }

    /** Whether it waits still, as others see it; its own thread may not have heard yet that it is over. */
    private boolean isBlocked() {
        Waiter waited = waiter;
        return (waited != null && waited.end() == null)
                || (postponed && engine.pause().holds(this));
    }

    /** In the order in which Redis puts them. */
    private String flags() {
        WatchedKeys watched = watch;
        TrackingClient tracked = tracking;
        String flags = (monitor ? "O" : "")
                + (isSubscribed() ? "P" : "")
                + (transaction != null ? "x" : "")
                + (isBlocked() ? "b" : "")
                + (tracked != null ? "t" : "")
                + (tracked != null && tracked.isRedirectionBroken() ? "R" : "")
                + (tracked != null && tracked.mode().broadcast() ? "B" : "")
                + (watched != null && watched.isBroken() ? "d" : "")
                + (protectedFromEviction ? "e" : "")
                + (leavesUntouched ? "T" : "");
        return flags.isEmpty() ? "N" : flags;
    }

    /** The client's end of the connection. */
    String remoteAddress() {
        return connection.remoteAddress();
    }

    String localAddress() {
        return connection.localAddress();
    }

    /** Whether the client is on this machine. */
    boolean isLocal() {
        return isLocal(connection);
    }

    static boolean isLocal(Connection connection) {
        String address = connection.remoteAddress();
        return address.startsWith("127.") || address.startsWith("[::1]") || address.startsWith("[0:0:0:0:0:0:0:1]");
    }

    /** Never negative, though the clock may have been put back. */
    private static long secondsBetween(long fromMillis, long toMillis) {
        return Math.max(0, toMillis - fromMillis) / 1000;
    }

    /** The client as CLIENT LIST shows it, in the order of Redis's fields. */
    String describe(Command running, long nowMillis) {
        Command command = running == null ? lastCommand : running;
        StringBuilder line = new StringBuilder(256);
        line.append("id=").append(id);
        line.append(" addr=").append(connection.remoteAddress());
        line.append(" laddr=").append(connection.localAddress());
        line.append(" fd=").append(-1);
        line.append(" name=").append(name);
        line.append(" age=").append(secondsBetween(createdMillis, nowMillis));
        line.append(" idle=").append(running == null ? secondsBetween(lastActiveMillis, nowMillis) : 0);
        line.append(" flags=").append(flags()).append(" db=").append(database);
        Transaction queued = transaction;
        Subscriptions listened = subscriptions;
        line.append(" sub=").append(listened == null ? 0 : listened.channels());
        line.append(" psub=").append(listened == null ? 0 : listened.patterns());
        line.append(" ssub=").append(listened == null ? 0 : listened.shardChannels());
        line.append(" multi=").append(queued == null ? -1 : queued.size());
        line.append(" qbuf=").append(connection.inputBytes());
        line.append(" qbuf-free=").append(connection.inputFreeBytes());
        line.append(" argv-mem=0 multi-mem=").append(queued == null ? 0 : queued.bytes());
        line.append(" rbs=0 rbp=0 obl=").append(connection.outputBytes());
        Outbox told = outbox;
        line.append(" oll=").append(told == null ? 0 : told.size());
        long waiting = waitingBytes();
        line.append(" omem=").append(waiting);
        line.append(" tot-mem=").append(connection.inputBytes() + connection.inputFreeBytes() + waiting);
        line.append(" events=r cmd=").append(command == null ? "NULL" : command.spec.name());
        line.append(" user=").append(user.name()).append(" redir=").append(redirection());
        line.append(" resp=").append(protocol);
        if (!libraryName.isEmpty()) {
            line.append(" lib-name=").append(libraryName);
        }
        if (!libraryVersion.isEmpty()) {
            line.append(" lib-ver=").append(libraryVersion);
        }
        return line.append('\n').toString();
    }
}

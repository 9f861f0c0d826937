package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.Continuation;
import io.miniredis.api.Errors;
import io.miniredis.api.Key;
import io.miniredis.api.Slice;
import io.miniredis.api.ValueType;
import io.miniredis.api.eviction.RemovalCause;
import io.miniredis.api.transport.ReplyStream;
import io.miniredis.api.transport.RequestBatch;
import io.miniredis.engine.ClientSession.Replies;
import java.util.BitSet;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread's place to run commands at: looks a request's command up, makes Redis's checks in Redis's order, locks the keys'
 * shards, calls the handler, settles what it did. Everything a command needs is made once and reused, so running one allocates
 * nothing. Confined to its thread, but for the counters.
 */
final class Worker implements CommandContext {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    /** When so many bytes of replies wait, they are sent before more commands run. */
    private static final long ENOUGH_OUTPUT_BYTES = 1 << 18;

    private static final int KEPT_SCRATCH_BYTES = 1 << 16;

    /** Of so many arguments it is looked at whether the heap can take what they may become. */
    private static final int MANY_ARGUMENTS = 1024;

    /** When clients have queued so much after MULTI, all of them together, it is looked at whether the heap can take it. */
    private static final long LONG_QUEUES_BYTES = 1 << 20;

    /** The most that an argument becomes, beside its own bytes: half a key. */
    private static final long ARGUMENT_BYTES = 50;

    final Engine engine;
    final Thread thread = Thread.currentThread();
    final ShardLocks locks;
    final Counters counters = new Counters();
    final SplittableRandom random = new SplittableRandom();
    final VictimSearch victims;
    private final Databases databases;
    private final KeyEvents events;
    private final WorkingKeyspace keyspace;
    private final Lookahead lookahead;

    private byte[] scratch = new byte[512];
    private int[] wantedShards = new int[16];

    /** Starts anywhere, so that no two workers count alike, and a key kept from one is of no use at another. */
    private long commandNumber = random.nextLong();

    /** Odd while requests run, so that others can wait until those have ended that began earlier. */
    private volatile int runs;

    private long nowMillis;
    private int accessTime;
    private Arguments args;
    private ClientSession session;
    private ReplyStream replies;
    private Command command;
    private boolean unanswered;

    /** What the client may do; null if everything. Taken anew with each run of requests, and when one changes it. */
    private UserRules restrictions;

    private final AccessControl access;

    /** Who is shown the commands that run; null if nobody. */
    private ClientSession[] monitors;

    final Transactions transactions;
    final Messages messages;
    final KeyChanges keyChanges;
    final Broadcasts broadcasts;
    private final Blocking blocking;
    private final Calls calls;

    private final Timing timing;
    private final Pause pause;

    Worker(Engine engine) {
        this.engine = engine;
        databases = engine.databases();
        locks = databases.newLocks();
        args = new Arguments(databases);
        lookahead = new Lookahead(databases);
        victims = new VictimSearch(databases, engine.settings(), random);
        events = new KeyEvents(this);
        keyspace = new WorkingKeyspace(this, engine.types(), engine.evictions(), events);
        access = new AccessControl(this);
        transactions = new Transactions(this);
        messages = new Messages(engine.outboxes());
        keyChanges = new KeyChanges(this);
        broadcasts = new Broadcasts(this);
        blocking = new Blocking(this);
        calls = new Calls(this);
        timing = new Timing(engine, counters);
        pause = engine.pause();
    }

    /** Runs requests until one says that the connection ends, or enough replies wait. Returns the first that did not run. */
    int run(ClientSession client, RequestBatch batch, int from, ReplyStream out) {
        begin(client, out, true);
        int next = from;
        try {
            while (next < batch.size()) {
                boolean ran = client.wantedReplies() == Replies.ON ? runOne(batch, next) : runUnheard(batch, next);
                if (!ran) {
                    break;
                }
                next++;
                messages.deliverAfterReply();
                if (client.isClosing() || client.isWaiting() || replies.pendingBytes() > ENOUGH_OUTPUT_BYTES) {
                    break;
                }
            }
        } finally {
            end(client);
        }
        return next;
    }

    /** Runs a request of a client that does not want its reply. Returns false if the client has to wait before. */
    private boolean runUnheard(RequestBatch batch, int request) {
        boolean skips = session.wantedReplies() == Replies.SKIP_NEXT;
        if (skips) {
            session.want(Replies.SKIP);
        }
        replies.hold();
        if (!runOne(batch, request)) {
            session.want(skips ? Replies.SKIP_NEXT : session.wantedReplies());
            return false;
        }
        dropUnheard();
        return true;
    }

    private void dropUnheard() {
        if (session.wantedReplies() != Replies.ON) {
            replies.drop();
        }
        if (session.wantedReplies() == Replies.SKIP && !session.isWaiting()) {
            session.want(Replies.ON);
        }
    }

    /** Tells a client what it was told meanwhile, and answers it if it no longer waits. */
    void resume(ClientSession client, ReplyStream out) {
        if (client.isPostponed() && !pause.holds(client)) {
            client.postponed(false);
        }
        begin(client, out, false);
        try {
            Waiter waiter = client.waiter();
            if (waiter != null && waiter.end() != null) {
                answer(client, waiter);
            }
        } finally {
            end(client);
        }
    }

    private void answer(ClientSession client, Waiter waiter) {
        replies.hold();
        client.waiter(null);
        blocking.answer(waiter);
        serveWaiters();
        if (client.wantedReplies() != Replies.ON) {
            dropUnheard();
        }
    }

    /** Runs the commands of clients that waited for what has come up. Of that, the requests' own client hears after its reply. */
    private void serveWaiters() {
        if (blocking.isKeyReady()) {
            timing.stop();
            blocking.serve();
            if (messages.areOwnTold() && session.wantedReplies() == Replies.ON) {
                replies.begin();
                messages.deliverOwn();
            }
        }
    }

    /** Forgets what a client that is gone waited for and watched. */
    void forget(ClientSession client) {
        Waiter waiter = client.waiter();
        if (waiter != null) {
            blocking.end(waiter, Waiter.End.GONE);
        }
        pause.forget(client);
        client.track(null, this);
        client.monitor(false);
        client.forgetMessages();
        client.transaction(null);
        transactions.unwatch(client);
        locks.releaseAll();
    }

    /** Only this thread writes it. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void begin(ClientSession client, ReplyStream out, boolean requestsFollow) {
        runs++;
        session = client;
        replies = out;
        command = null;
        refreshTime();
        timing.begin(client);
        lookahead.reset();
        keyspace.touching(!client.leavesUntouched());
        restrictions = engine.users().restrictions(client);
        replies.protocol(client.protocol());
        readMonitors();
        messages.begin(client, out, requestsFollow);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void end(ClientSession client) {
        timing.end();
        locks.releaseAll();
        args.trim();
        scratch = scratch.length > KEPT_SCRATCH_BYTES ? new byte[512] : scratch;
        client.ran(command, nowMillis);
        broadcasts.tell();
        messages.end();
        session = null;
        replies = null;
        runs++;
    }

    /** Tells others what has happened outside of any run of requests. */
    void tellOthers() {
        broadcasts.tell();
        messages.wakeTold();
    }

    /** Changes when a run of requests begins or ends; odd during one. */
    int runs() {
        return runs;
    }

    void refreshTime() {
        nowMillis = engine.ticker().millis();
        accessTime = AccessTime.at(nowMillis);
        engine.evictions().passTime(nowMillis);
    }

    /** Returns false if the client has to wait before this can be run. */
    private boolean runOne(RequestBatch batch, int request) {
        if (!lookahead.covers(request)) {
            lookahead.look(batch, request, engine.commands(), session.database());
        }
        bind(batch, request);
        Command found = null;
        try {
            found = find(batch, request);
            command = found;
            timing.start(found, args.size());
            checkUse(found);
            if (pause.isOn() && pause.postpones(session, found, transactionOf(found))) {
                replies.rollback();
                return false;
            }
            checkMemory(found);
            if (session.isRestricted()) {
                checkRestriction(found);
            }
        } catch (CommandException e) {
            reject(found, e);
            answered(found);
            return true;
        }
        Transaction queued = session.transaction();
        if (queued != null && !found.controlsTransaction) {
            queued.queue(found, batch, request, found.denyOom ? neededBytes(found) : 0);
            replies.simple("QUEUED");
            return true;
        }
        execute(found, request);
        timing.ran(found, args.size());
        show(found, batch, request);
        answered(found);
        serveWaiters();
        return true;
    }

    /** Shows a command that has run to who monitors them. */
    private void show(Command ran, RequestBatch batch, int request) {
        if (monitors != null && ran.isShown) {
            engine.monitors().show(monitors, session, ran, batch, request, messages);
        }
    }

    /** Finds out anew who monitors commands. Who begins to do so on another thread is shown what begins to run after that. */
    void readMonitors() {
        monitors = engine.monitors().all();
    }

    /** A request was answered, or refused, or waits. */
    private void answered(Command asked) {
        TrackingClient tracking = session.tracking();
        if (tracking != null) {
            tracking.answered(asked, session.transaction() != null);
        }
    }

    /** What a command runs if it is EXEC; otherwise null. */
    private Transaction transactionOf(Command found) {
        return found.handler instanceof Exec ? session.transaction() : null;
    }

    private void bind(RequestBatch batch, int request) {
        args.bind(batch, request);
        commandNumber++;
        unanswered = false;
        replies.begin();
    }

    private void execute(Command found, int request) {
        try {
            tryToExecute(found, request);
        } catch (CommandException e) {
            blocking.withdraw();
            refuse(e);
        }
        // Not yet if the reply may be dropped, with all that stands before it, nor if it is that of somebody who
        // waited.
        if (messages.areOwnTold() && messages.serve(session) && session.wantedReplies() == Replies.ON) {
            messages.deliverOwn();
        }
    }

    /** Refuses what is not even run. Between MULTI and EXEC that spoils the transaction. */
    private void reject(Command found, CommandException e) {
        if (found != null) {
            counters.of(found).rejected++;
        }
        Transaction queued = session.transaction();
        if (found != null && found.handler instanceof Exec) {
            transactions.discard();
            refuse(new CommandException("EXECABORT Transaction discarded because of: "
                    + e.getMessage().replaceFirst("^ERR ", "")));
            return;
        }
        if (queued != null) {
            queued.abort();
        }
        refuse(e);
    }

    private Command find(RequestBatch batch, int request) throws CommandException {
        int first = batch.firstArgument(request);
        byte[] buffer = batch.buffer();
        int offset = batch.offset(first);
        int length = batch.length(first);
        Command found = lookahead.covers(request)
                ? lookahead.command(request)
                : engine.commands().find(buffer, offset, length);
        if (found == null) {
            refuseWebPage();
            throw unknownCommand();
        }
        return orSubcommand(found);
    }

    private Command orSubcommand(Command found) throws CommandException {
        return found.isContainer() && args.size() > 1 ? subcommand(found) : found;
    }

    /** The command that some of a command's arguments spell, the name at {@code index}; null if there is none. */
    Command find(Args arguments, int index) {
        Slice name = arguments.slice(index);
        Command found = engine.commands().find(name.array(), name.offset(), name.length());
        boolean hasSubcommand = found != null && found.isContainer() && index + 1 < arguments.size();
        return hasSubcommand ? found.subcommand(lowerCase(arguments, index + 1)) : found;
    }

    /** An argument, its bytes as Latin-1, with ASCII letters in lower case. */
    private static String lowerCase(Args arguments, int index) {
        StringBuilder text = new StringBuilder(arguments.slice(index).toString());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            text.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return text.toString();
    }

    private Command subcommand(Command container) throws CommandException {
        Command found = container.subcommand(lowerCase(args, 1));
        if (found == null) {
            String name = printable(args.slice(1), 128);
            throw new CommandException("ERR unknown subcommand '" + name + "'. Try "
                    + container.spec.name().toUpperCase(Locale.ROOT) + " HELP.");
        }
        return found;
    }

    /**
     * A browser that was lured into sending requests here begins with a word of HTTP. Nothing of what it sends is run, lest a
     * web page could run commands.
     */
    private void refuseWebPage() {
        if (args.is(0, "POST") || args.is(0, "HOST:")) {
            LOG.warn(
                    "Client {} speaks HTTP and is cut off; someone may be attacking this server through a browser",
                    session.id());
            session.cutOff();
        }
    }

    /** The error for a command that there is not. */
    CommandException unknownCommand() {
        StringBuilder beginning = new StringBuilder();
        for (int i = 1; i < args.size() && beginning.length() < 128; i++) {
            beginning.append('\'');
            beginning.append(printable(args.slice(i), 128 - beginning.length() + 1));
            beginning.append("' ");
        }
        return new CommandException(
                "ERR unknown command '" + printable(args.slice(0), 128) + "', with args beginning with: " + beginning);
    }

    /** The beginning of an argument, to be quoted in an error; ends at a zero byte, as in Redis. */
    static String printable(Slice argument, int max) {
        String visible = argument.quotable();
        return visible.substring(0, Math.min(max, visible.length()));
    }

    /** Whether the command may be asked for like this. */
    private void checkUse(Command found) throws CommandException {
        if (!found.spec.accepts(args.size())) {
            throw Errors.wrongArity(found.spec.name());
        }
        Transaction queued = session.transaction();
        if (restrictions == Users.NOT_AUTHENTICATED) {
            access.authorize(restrictions, found, args, queued != null); // before anything else is said
        }
        if (queued != null && found.spec.is(CommandFlag.NO_MULTI)) {
            throw new CommandException("ERR Command not allowed inside a transaction");
        }
        if (restrictions != null && restrictions != Users.NOT_AUTHENTICATED) {
            access.authorize(restrictions, found, args, queued != null);
        }
    }

    /** Whether there is room for what the command may need. */
    private void checkMemory(Command found) throws CommandException {
        Transaction queued = session.transaction();
        boolean needsMemory = needsMemory(found, queued);
        if (needsMemory || engine.evictions().mayEvict()) {
            long needed = needsMemory ? neededBytes(found, queued) : 0;
            if (engine.evictions().isOver(locks, needed)) {
                locks.releaseAll();
                if (!engine.evictions().makeRoom(this, needed) && needsMemory) {
                    throw outOfMemory();
                }
            }
        }
        if (args.size() > MANY_ARGUMENTS && needsMemory && !engine.evictions().fitsHeap(args.size() * ARGUMENT_BYTES)) {
            throw outOfMemory();
        }
        if (queued != null && !found.controlsTransaction) {
            checkQueue(queued);
        }
    }

    /** Whether there is room for what all clients have queued, and for a copy of what this one has, to which it grows. */
    private void checkQueue(Transaction queued) throws CommandException {
        long sum = engine.queuedBytes().sum();
        if (sum > LONG_QUEUES_BYTES && !engine.evictions().fitsHeap(sum + queued.bytes())) {
            throw outOfMemory();
        }
    }

    /** Whether the client may send this while it is what it is. */
    private void checkRestriction(Command found) throws CommandException {
        if (session.isResp2Subscriber() && !found.isForSubscribers) {
            throw new CommandException("ERR Can't execute '" + found.spec.name()
                    + "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context");
        }
        if (session.isMonitor() && found.usesKeyspace) {
            throw new CommandException("ERR Replica can't interact with the keyspace");
        }
    }

    private CommandException outOfMemory() {
        engine.evictions().refused();
        return Errors.outOfMemory();
    }

    private static boolean needsMemory(Command found, Transaction queued) {
        return found.denyOom || (found.handler instanceof Exec && queued != null && queued.needsMemory());
    }

    private long neededBytes(Command found, Transaction queued) {
        return found.denyOom ? neededBytes(found) : queued.neededBytes();
    }

    /** What a command needs, as far as its request tells: what it brings, and if it may bring many keys, what these are stored with. */
    private long neededBytes(Command found) {
        return found.singleKey > 0 ? args.bytes() : args.bytes() + args.size() * ARGUMENT_BYTES;
    }

    private void tryToExecute(Command asked, int request) throws CommandException {
        Command found = lock(asked, request);
        CommandStats stats = counters.of(found);
        counters.commands++;
        stats.calls++;
        timing.called(args, session);
        try {
            executeAndSettle(found);
        } catch (CommandException e) {
            stats.failed++;
            throw e;
        } catch (Throwable e) { // a handler may throw anything
            stats.failed++;
            LOG.error("{} of {} failed", found.spec.name(), found.origin, e);
            throw internalError(found, e.getClass().getName());
        }
        if (unanswered) {
            replies.rollback();
            if (blocking.isAsked()) {
                stats.calls--; // to be counted when it answers
                timing.waits();
                blocking.park(found, args);
            }
            return;
        }
        if (!replies.isComplete()) {
            stats.failed++;
            LOG.error("{} of {} wrote an incomplete reply", found.spec.name(), found.origin);
            throw internalError(found, "incomplete reply");
        }
    }

    /**
     * Runs the command of a client that waits, for a key that has come up.
     *
     * @return whether it answered; if not, it waits on
     */
    boolean runAgain(Waiter waiter, ReplyStream out) {
        ClientSession servedClient = session;
        ReplyStream servedReplies = replies;
        Command servedCommand = command;
        UserRules servedRestrictions = restrictions;
        session = waiter.client;
        restrictions = engine.users().restrictions(session);
        replies = out;
        command = waiter.command;
        try {
            bind(waiter.request, 0);
            counters.commands--; // it was counted when it began to wait
            timing.start(waiter.command, args.size());
            execute(waiter.command, 0);
            return !unanswered;
        } finally {
            timing.stop();
            session = servedClient;
            replies = servedReplies;
            command = servedCommand;
            restrictions = servedRestrictions;
            lookahead.reset();
        }
    }

    /** Runs what is left of a waiting client's command: to say that nothing came up, or to use what was done meanwhile. */
    void goOn(Waiter waiter) {
        command = waiter.command;
        bind(waiter.request, 0);
        timing.start(command, args.size());
        execute(waiter.command, 0);
    }

    /** Writes the reply that a command gave while its client waited. */
    void answer(Waiter waiter) {
        command = waiter.command;
        replies.begin();
        waiter.replayTo(replies);
        if (!replies.isComplete()) {
            refuse(internalError(command, "incomplete reply"));
        }
    }

    void answer(String error) {
        replies.begin();
        refuse(new CommandException(error));
    }

    /**
     * Runs a command for the one that runs. That finds all as it was afterwards, but for its keys' values.
     *
     * @param number identifies the called command
     */
    Object runCalled(Calls.Level level, long number) throws CommandException {
        Command caller = command;
        Arguments callerArgs = args;
        ReplyStream callerReplies = replies;
        byte[] callerScratch = scratch;
        long callerNumber = commandNumber;
        boolean callerPins = locks.isPinned();
        boolean isUnsettled = false;
        locks.pin();
        args = level.args;
        replies = level.reply;
        scratch = level.scratch;
        try {
            Command called = findCalled(caller, callerArgs, number);
            isUnsettled = keyspace.settleSoFar(callerArgs, args);
            command = called;
            commandNumber = number;
            executeCalled(called);
            return level.reply.result();
        } finally {
            level.scratch = scratch.length > KEPT_SCRATCH_BYTES ? new byte[0] : scratch;
            command = caller;
            args = callerArgs;
            replies = callerReplies;
            scratch = callerScratch;
            commandNumber = callerNumber;
            if (isUnsettled) {
                keyspace.unsettle();
            }
            if (!callerPins) {
                locks.unpin();
            }
        }
    }

    /** Finds a command that another one calls, and refuses it if that must not. */
    private Command findCalled(Command caller, Arguments callerArgs, long number) throws CommandException {
        Slice name = args.slice(0);
        Command found = engine.commands().find(name.array(), name.offset(), name.length());
        if (found == null) {
            throw unknownCommand();
        }
        found = orSubcommand(found);
        if (!found.spec.accepts(args.size())) {
            throw Errors.wrongArity(found.spec.name());
        }
        if (!found.isCallable) {
            throw new CommandException("ERR '" + found.spec.name() + "' cannot be called by another command");
        }
        if (restrictions != null) {
            access.authorizeCalled(restrictions, found, args);
        }
        args.bindKeys(found.keys, number, session.database());
        Calls.check(found, args, caller, callerArgs);
        if (found.denyOom && !caller.denyOom && engine.evictions().isOver(locks, 0)) {
            throw Errors.outOfMemory();
        }
        return found;
    }

    private void executeCalled(Command called) throws CommandException {
        CommandStats stats = counters.of(called);
        counters.commands++;
        stats.calls++;
        long since = engine.ticker().nanos();
        try {
            try {
                called.handler.execute(this, args, replies);
            } finally {
                keyspace.settle(args);
            }
        } catch (CommandException e) {
            stats.failed++;
            throw e;
        } catch (Throwable e) { // as any handler may
            stats.failed++;
            LOG.error("{} of {} failed", called.spec.name(), called.origin, e);
            throw internalError(called, e.getClass().getName());
        } finally {
            timing.calledWithin(stats, engine.ticker().nanos() - since);
        }
        if (!replies.isComplete()) {
            stats.failed++;
            LOG.error("{} of {} wrote an incomplete reply", called.spec.name(), called.origin);
            throw internalError(called, "incomplete reply");
        }
    }

    /** Runs a transaction's commands, one after the other. */
    void runAll(Transaction queued) {
        lookahead.reset();
        Command exec = command;
        for (int i = 0; i < queued.size(); i++) {
            command = queued.command(i).latest();
            bind(queued.requests(), i);
            timing.start(command, args.size());
            if (isStillAllowed(command)) {
                execute(command, i);
                show(command, queued.requests(), i);
            }
            timing.ran(command, args.size());
        }
        timing.stop();
        command = exec;
    }

    /** Refuses a queued command that the client may not run any more. */
    private boolean isStillAllowed(Command queued) {
        if (restrictions == null) {
            return true;
        }
        try {
            access.authorizeQueued(restrictions, queued, args);
            return true;
        } catch (CommandException e) {
            refuse(e);
            return false;
        }
    }

    /** Where the keys are that a transaction's commands declare. */
    BitSet shardsOf(Transaction queued) {
        BitSet shards = new BitSet();
        for (int i = 0; i < queued.size(); i++) {
            args.bind(queued.requests(), i);
            args.bindKeys(queued.command(i).latest().keys, commandNumber, session.database());
            for (int key = 0; key < args.keyCount(); key++) {
                shards.set(args.keyAt(key).shard);
            }
        }
        return shards;
    }

    /**
     * Who makes a key ready runs the commands that wait for it, so must hold the locks of all their keys: if any of them needs other
     * shards too, then all locks.
     */
    void lockWaiters(int[] shards, int count) {
        for (int i = 0; i < count; i++) {
            if (databases.shard(shards[i]).farWaiters > 0) {
                locks.acquireAll();
                return;
            }
        }
    }

    /** Ends the waiting of a client; false if it does not wait. */
    boolean unblock(ClientSession client, Waiter.End end) {
        Waiter waiter = client.waiter();
        return waiter != null && waiter.wish.offload() == null && blocking.end(waiter, end);
    }

    /** The type of what a key holds, unless that has expired; null if nothing. Its lock is held. */
    ValueType<?> typeOf(DatabaseKey key) {
        Segment segment = table(databases.shardOf(key.hash()), key.database()).segment(key.tag());
        int slot = key.slotIn(segment);
        return slot >= 0 && !isExpired(segment, slot) ? engine.types().of(segment, slot) : null;
    }

    /** Tells those who wait for a key that it has come up. */
    void created(KeyRef key) {
        if (!databases.shard(key.shard).waiters.isEmpty()) {
            blocking.ready(DatabaseKey.of(key));
        }
    }

    private static CommandException internalError(Command found, String what) {
        return new CommandException(
                "ERR internal error in '" + found.spec.name() + "' of " + found.origin + ": " + what);
    }

    private void executeAndSettle(Command found) throws Throwable {
        try {
            blocking.call(found, args, replies);
        } finally {
            keyspace.settle(args);
            TrackingClient tracking = session.tracking();
            if (tracking != null && found.isRead) {
                tracking.read(args, this);
            }
        }
    }

    /**
     * Locks the keys of a command, and nothing else.
     *
     * @return the command; if its plugin was reloaded before the locks were taken, what has replaced it
     */
    private Command lock(Command asked, int request) throws CommandException {
        Command found = asked;
        lockKeys(found, request);
        while (found != found.latest()) {
            found = found.latest();
            if (!found.spec.accepts(args.size())) {
                throw Errors.wrongArity(found.spec.name());
            }
            args.forgetKeys();
            lockKeys(found, request);
        }
        command = found;
        return found;
    }

    private void lockKeys(Command found, int request) {
        if (found.keys.findsNone()) {
            return;
        }
        bindKeys(found, request);
        int count = args.keyCount();
        if (found.reachesAll) {
            locks.acquireAll();
        } else if (count == 1) {
            int shard = args.keyAt(0).shard;
            locks.acquire(shard);
            if (found.writes && databases.shard(shard).farWaiters > 0) {
                locks.acquireAll();
            }
        } else if (count > 1) {
            if (wantedShards.length < count) {
                wantedShards = new int[count];
            }
            for (int i = 0; i < count; i++) {
                wantedShards[i] = args.keyAt(i).shard;
            }
            locks.acquire(wantedShards, count);
            if (found.writes) {
                lockWaiters(wantedShards, count);
            }
            lookahead.look(args, this);
        }
    }

    private void bindKeys(Command found, int request) {
        // What was looked at was the container of a subcommand, and its key only if it had come.
        boolean known = lookahead.covers(request)
                && lookahead.command(request) == found
                && found.singleKey > 0
                && found.singleKey < args.size();
        if (known) {
            args.bindKey(found.singleKey, found.readsOnly, lookahead.hash(request), commandNumber, session.database());
        } else {
            args.bindKeys(found.keys, commandNumber, session.database());
        }
    }

    private void refuse(CommandException e) {
        String message = e.getMessage() == null ? "ERR unspecified error" : e.getMessage();
        counters.errors++;
        engine.countError(message);
        replies.rollback();
        replies.begin();
        replies.error(message);
    }

    /** Removes a key whose time is over or that memory has no room for. The caller holds its shard's lock. */
    void remove(int shard, int database, Segment segment, int slot, RemovalCause cause) {
        removing(shard, database, segment, slot, cause);
        table(shard, database).remove(segment, slot);
    }

    /**
     * Removes a key if its time is over, unless nothing is to be removed now. The caller holds its shard's lock.
     *
     * @return whether its time is over
     */
    boolean expire(DatabaseKey key) {
        int shard = databases.shardOf(key.hash());
        Segment segment = table(shard, key.database()).segment(key.tag());
        int slot = key.slotIn(segment);
        boolean isOver = slot >= 0 && isExpired(segment, slot);
        if (isOver && !isPaused()) {
            remove(shard, key.database(), segment, slot, RemovalCause.EXPIRED);
        }
        return isOver;
    }

    /** Counts a key that is about to be removed, and tells the policy and who observes it. */
    void removing(int shard, int database, Segment segment, int slot, RemovalCause cause) {
        if (engine.evictions().isActive() || keyChanges.areObserved(shard) || events.areWanted()) {
            Slice name = KeyTable.key(segment, slot, new Slice());
            long hash = databases.hash(name);
            engine.evictions().onRemove(segment, slot, hash, cause);
            keyChanges.removed(shard, database, hash, name);
            events.tellRemoval(database, name, cause);
        }
        if (cause == RemovalCause.EXPIRED) {
            counters.expired++;
        } else if (cause == RemovalCause.EVICTED) {
            counters.evicted++;
        }
    }

    /** Tells that a key was looked for in vain. */
    void missed(DatabaseKey key) {
        if (events.missesAreWanted()) {
            events.tellMiss(key.database(), key.name());
        }
    }

    /** The table of the selected database in a shard. */
    KeyTable table(int shard) {
        return table(shard, session.database());
    }

    /** The table of a database in a shard. */
    KeyTable table(int shard, int database) {
        return databases.shard(shard).table(database);
    }

    /** Reads an argument as the number of a database. */
    int databaseAt(Args arguments, int index) throws CommandException {
        int database = Arguments.intAt(arguments, index);
        checkDatabase(database);
        return database;
    }

    /** Refuses what is not the number of a database. */
    void checkDatabase(int database) throws CommandException {
        if (database < 0 || database >= databases.count()) {
            throw new CommandException("ERR DB index is out of range");
        }
    }

    /** A key of the selected database, each as likely as any other; null if there is none. All locks are held. */
    Slice randomKey() {
        while (true) {
            int shard = randomShard();
            if (shard < 0) {
                return null;
            }
            Segment segment = table(shard).randomSegment(random);
            int slot = random.nextInt(segment.capacity());
            if (segment.tags[slot] == 0) {
                continue;
            }
            if (!isExpired(segment, slot) || isPaused()) {
                return KeyTable.key(segment, slot, new Slice());
            }
            remove(shard, session.database(), segment, slot, RemovalCause.EXPIRED);
        }
    }

    /** One of the shards, each as likely as its share of the keys of the selected database; -1 if it has none. */
    private int randomShard() {
        long keys = 0;
        for (int shard = 0; shard < databases.shards(); shard++) {
            keys += table(shard).size();
        }
        if (keys == 0) {
            return -1;
        }
        long drawn = random.nextLong(keys);
        int shard = 0;
        while (drawn >= table(shard).size()) {
            drawn -= table(shard++).size();
        }
        return shard;
    }

    /** Exchanges two databases, at one moment for everyone. */
    void swap(int first, int second) {
        if (first == second) {
            return;
        }
        locks.acquireAll();
        for (int number = 0; number < databases.shards(); number++) {
            Shard shard = databases.shard(number);
            keyChanges.allChange(shard, first, shard.table(first), shard.table(second));
            keyChanges.allChange(shard, second, shard.table(first), shard.table(second));
        }
        databases.swap(first, second);
        for (int number = 0; number < databases.shards(); number++) {
            databases.shard(number).waiters.keys().stream()
                    .filter(key -> key.database() == first || key.database() == second)
                    .forEach(blocking::ready);
        }
        counters.changes++;
    }

    /** Visits all keys of the selected database, one shard at a time. Expired ones may still be among them. */
    void forEachKey(KeyTable.Visitor visitor) {
        for (int shard = 0; shard < databases.shards(); shard++) {
            locks.acquire(shard);
            table(shard).forEach(visitor);
        }
    }

    /** Whether another command called the running one. */
    boolean isCalled() {
        return calls.areRunning();
    }

    /** Whether nothing is to be removed that the running command does not remove itself. */
    boolean isPaused() {
        return pause.isOn() && !transactions.isRunning();
    }

    boolean isExpired(Segment segment, int slot) {
        return KeyTable.isOver(segment.expiresAtMillis(slot), nowMillis);
    }

    /** The name of the type of what lies in a slot. */
    String typeOf(Segment segment, int slot) {
        return engine.types().of(segment, slot).name();
    }

    /** Removes all keys of some databases, at one moment for everyone. */
    void flush(int fromDatabase, int toDatabase) {
        locks.acquireAll();
        long keys = 0;
        for (int shard = 0; shard < databases.shards(); shard++) {
            for (int database = fromDatabase; database < toDatabase; database++) {
                KeyTable table = table(shard, database);
                keys += table.size();
                keyChanges.allChange(databases.shard(shard), database, table);
                table.clear();
            }
        }
        engine.tracking().flushed(this);
        counters.changes += keys;
        engine.evictions().onFlush(keys);
    }

    @Override
    public void needs(long bytes) throws CommandException {
        if (bytes > LargeBytes.DOUBLED_BYTES && !engine.evictions().fitsHeap(bytes)) {
            throw Errors.outOfMemory();
        }
    }

    @Override
    public boolean block(long timeoutMillis, ValueType<?> type, Key... keys) {
        checkNotListening();
        if (transactions.isRunning() || calls.areRunning()) {
            return false;
        }
        blocking.ask(timeoutMillis, type, keys);
        unanswered = true;
        return true;
    }

    @Override
    public Key readyKey() {
        return calls.areRunning() ? null : blocking.readyKey(args);
    }

    @Override
    public <T> void offload(Callable<T> work, Continuation<T> then) throws CommandException {
        checkNotListening();
        if (transactions.isRunning()) {
            throw new CommandException("ERR Blocking module command called from transaction");
        }
        if (calls.areRunning()) {
            throw new CommandException(
                    "ERR '" + command.spec.name() + "' offloads work, so it cannot be called by another command");
        }
        blocking.ask(new Offload<>(work, then));
        unanswered = true;
    }

    /** Leaves the running command without an answer. */
    void leaveUnanswered() {
        unanswered = true;
    }

    /** Goes on by the directives as they are now, which a client of this worker has changed. */
    void settingsChanged() {
        timing.readSettings();
    }

    /** The arguments of the running command. */
    Arguments args() {
        return args;
    }

    /** Where the running command's reply goes, with its protocol. */
    ReplyStream replies() {
        return replies;
    }

    /** The running command. */
    Command command() {
        return command;
    }

    /** Identifies the running command, among all that this worker ever runs. */
    long commandNumber() {
        return commandNumber;
    }

    /** Makes the running command's keys useless to who is called in between, until {@link #resumeKeys}. */
    void suspendKeys() {
        commandNumber = ~commandNumber;
    }

    void resumeKeys() {
        commandNumber = ~commandNumber;
    }

    @Override
    public Object call(String name, Object... arguments) throws CommandException {
        checkNotListening();
        if (session == null || Thread.currentThread() != thread) {
            throw new IllegalStateException("only a running command calls another, on its own thread");
        }
        return calls.call(name, arguments);
    }

    /** Refuses what a listener asks for. */
    private void checkNotListening() {
        if (events.areBeingTold()) {
            throw new IllegalStateException("a listener must leave the server alone");
        }
    }

    /** This thread's part in access control. */
    AccessControl access() {
        return access;
    }

    /** Makes the client a user from now on. */
    void become(AclUser user) {
        session.become(user);
        rulesChanged();
    }

    /** Notes that users' rules are others now, perhaps those of the client. */
    void rulesChanged() {
        if (session != null) {
            restrictions = engine.users().restrictions(session);
        }
    }

    /** Whether the running command may read keys that it does not declare. */
    boolean mayReadAllKeys() {
        return access.mayReadAllKeys(restrictions, args);
    }

    /** The client whose command runs. */
    ClientSession session() {
        return session;
    }

    /** Whether the client may do what a directive allows to nobody, to everybody, or to clients on this machine. */
    boolean isAllowed(String directive) {
        String who = engine.settings().get(directive);
        return who.equals("yes") || (who.equals("local") && session.isLocal());
    }

    /** The surroundings of an engine command, which may see all of the engine. */
    static Worker of(CommandContext context) {
        return (Worker) context;
    }

    @Override
    public WorkingKeyspace keyspace() {
        return keyspace;
    }

    @Override
    public long nowMillis() {
        return nowMillis;
    }

    /** Now, as it is kept with what is used. */
    int accessTime() {
        return accessTime;
    }

    @Override
    public byte[] scratch(int capacity) {
        if (scratch.length < capacity) {
            scratch = new byte[capacity];
        }
        return scratch;
    }

    @Override
    public int maxValueBytes() {
        return (int) Math.min(engine.settings().maxBulkBytes(), LargeBytes.MOST_BYTES);
    }

    @Override
    public long clientId() {
        return session.id();
    }

    @Override
    public int database() {
        return session.database();
    }
}

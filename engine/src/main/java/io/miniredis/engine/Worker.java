package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.Errors;
import io.miniredis.api.Slice;
import io.miniredis.api.eviction.RemovalCause;
import io.miniredis.api.transport.ReplyStream;
import io.miniredis.api.transport.RequestBatch;
import java.util.Locale;
import java.util.SplittableRandom;
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

    final Engine engine;
    final ShardLocks locks;
    final Counters counters = new Counters();
    final SplittableRandom random = new SplittableRandom();
    final Evictions.Sample sample;
    private final Databases databases;
    private final Arguments args;
    private final WorkingKeyspace keyspace;
    private final Lookahead lookahead;

    private byte[] scratch = new byte[512];
    private int[] wantedShards = new int[16];

    /** Starts anywhere, so that no two workers count alike, and a key kept from one is of no use at another. */
    private long commandNumber = random.nextLong();

    private long nowMillis;
    private ClientSession session;
    private ReplyStream replies;
    private Command command;
    private boolean unanswered;

    /** Time is taken once for a run of the same command in a pipeline: which command, and since when. */
    private Command timed;

    private long timedSince;

    Worker(Engine engine) {
        this.engine = engine;
        databases = engine.databases();
        locks = databases.newLocks();
        args = new Arguments(databases);
        lookahead = new Lookahead(databases);
        sample = engine.evictions().newSample();
        keyspace = new WorkingKeyspace(this, engine.types(), engine.evictions());
    }

    /** Runs requests until one says that the connection ends, or enough replies wait. Returns the first that did not run. */
    int run(ClientSession client, RequestBatch batch, int from, ReplyStream out) {
        session = client;
        replies = out;
        command = null;
        refreshTime();
        lookahead.reset();
        replies.protocol(client.protocol());
        int next = from;
        try {
            while (next < batch.size()) {
                runOne(batch, next++);
                if (client.isClosing() || replies.pendingBytes() > ENOUGH_OUTPUT_BYTES) {
                    break;
                }
            }
        } finally {
            stopTiming();
            locks.releaseAll();
            args.trim();
            scratch = scratch.length > KEPT_SCRATCH_BYTES ? new byte[512] : scratch;
            client.ran(command, nowMillis);
            session = null;
            replies = null;
        }
        return next;
    }

    void refreshTime() {
        nowMillis = engine.ticker().millis();
        engine.evictions().passTime(nowMillis);
    }

    private void runOne(RequestBatch batch, int request) {
        if (databases.shards() == 1 && !lookahead.covers(request)) {
            locks.acquire(0);
            lookahead.look(batch, request, engine.commands(), table(0));
        }
        args.bind(batch, request);
        commandNumber++;
        unanswered = false;
        replies.begin();
        try {
            Command found = find(batch, request);
            command = found;
            startTiming(found);
            check(found);
            execute(found, request);
        } catch (CommandException e) {
            refuse(e);
        }
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

    private CommandException unknownCommand() {
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
    private static String printable(Slice argument, int max) {
        String visible = argument.quotable();
        return visible.substring(0, Math.min(max, visible.length()));
    }

    /** The checks that come before any command, in Redis's order. */
    private void check(Command found) throws CommandException {
        if (!found.spec.accepts(args.size())) {
            counters.of(found).rejected++;
            throw Errors.wrongArity(found.spec.name());
        }
        if (engine.evictions().isOver(locks)) {
            locks.releaseAll();
            if (!engine.evictions().makeRoom(this) && found.denyOom) {
                counters.of(found).rejected++;
                throw Errors.outOfMemory();
            }
        }
    }

    private void execute(Command found, int request) throws CommandException {
        CommandStats stats = counters.of(found);
        counters.commands++;
        stats.calls++;
        lockKeys(found, request);
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
            return;
        }
        if (!replies.isComplete()) {
            stats.failed++;
            LOG.error("{} of {} wrote an incomplete reply", found.spec.name(), found.origin);
            throw internalError(found, "incomplete reply");
        }
    }

    private static CommandException internalError(Command found, String what) {
        return new CommandException(
                "ERR internal error in '" + found.spec.name() + "' of " + found.origin + ": " + what);
    }

    private void executeAndSettle(Command found) throws CommandException {
        try {
            found.handler.execute(this, args, replies);
        } finally {
            keyspace.settle(args);
        }
    }

    private void lockKeys(Command found, int request) {
        if (found.keys.findsNone()) {
            return;
        }
        bindKeys(found, request);
        int count = args.keyCount();
        if (count == 1) {
            locks.acquire(args.keyAt(0).shard);
        } else if (count > 1) {
            if (wantedShards.length < count) {
                wantedShards = new int[count];
            }
            for (int i = 0; i < count; i++) {
                wantedShards[i] = args.keyAt(i).shard;
            }
            locks.acquire(wantedShards, count);
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

    private void startTiming(Command found) {
        if (found != timed) {
            long now = engine.ticker().nanos();
            if (timed != null) {
                counters.of(timed).nanos += now - timedSince;
            }
            timed = found;
            timedSince = now;
        }
    }

    private void stopTiming() {
        if (timed != null) {
            counters.of(timed).nanos += engine.ticker().nanos() - timedSince;
            timed = null;
        }
    }

    /** Removes a key whose time is over or that memory has no room for. The caller holds its shard's lock. */
    void remove(KeyTable table, Segment segment, int slot, RemovalCause cause) {
        removing(segment, slot, cause);
        table.remove(segment, slot);
    }

    /** Counts a key that is about to be removed, and tells the policy. */
    void removing(Segment segment, int slot, RemovalCause cause) {
        if (engine.evictions().isActive()) {
            long hash = databases.hash(KeyTable.key(segment, slot, new Slice()));
            engine.evictions().onRemove(segment, slot, hash, cause);
        }
        if (cause == RemovalCause.EXPIRED) {
            counters.expired++;
        } else if (cause == RemovalCause.EVICTED) {
            counters.evicted++;
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
            KeyTable table = randomTable();
            if (table == null) {
                return null;
            }
            Segment segment = table.randomSegment(random);
            int slot = random.nextInt(segment.capacity());
            if (segment.tags[slot] == 0) {
                continue;
            }
            if (!isExpired(segment, slot)) {
                return KeyTable.key(segment, slot, new Slice());
            }
            remove(table, segment, slot, RemovalCause.EXPIRED);
        }
    }

    /** The selected database in one of the shards, each as likely as its share of the keys; null if all are empty. */
    private KeyTable randomTable() {
        long keys = 0;
        for (int shard = 0; shard < databases.shards(); shard++) {
            keys += table(shard).size();
        }
        if (keys == 0) {
            return null;
        }
        long drawn = random.nextLong(keys);
        int shard = 0;
        while (drawn >= table(shard).size()) {
            drawn -= table(shard++).size();
        }
        return table(shard);
    }

    /** Exchanges two databases, at one moment for everyone. */
    void swap(int first, int second) {
        locks.acquireAll();
        for (int shard = 0; shard < databases.shards(); shard++) {
            databases.shard(shard).swap(first, second);
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

    boolean isExpired(Segment segment, int slot) {
        return KeyTable.isOver(segment.expiresAtMillis(slot), nowMillis);
    }

    /** The name of the type of what lies in a slot. */
    String typeOf(Segment segment, int slot) {
        return engine.types().of(segment.slots[slot]).name();
    }

    /** Removes all keys of some databases, at one moment for everyone. */
    void flush(int fromDatabase, int toDatabase) {
        locks.acquireAll();
        long keys = 0;
        for (int shard = 0; shard < databases.shards(); shard++) {
            for (int database = fromDatabase; database < toDatabase; database++) {
                KeyTable table = databases.shard(shard).table(database);
                keys += table.size();
                table.clear();
            }
        }
        counters.changes += keys;
        engine.evictions().onFlush(keys);
    }

    /** Leaves the running command without an answer. */
    void leaveUnanswered() {
        unanswered = true;
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

    /** The client whose command runs. */
    ClientSession session() {
        return session;
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

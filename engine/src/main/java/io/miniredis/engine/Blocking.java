package io.miniredis.engine;

import io.miniredis.api.CommandException;
import io.miniredis.api.Key;
import io.miniredis.api.ValueType;
import io.miniredis.api.transport.ReplyStream;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A worker's part in blocking commands: parks the client whose command asks to wait, and when another command has made a key that
 * somebody waits for, runs the waiting commands again, before anything else happens to that key. Confined to the worker's thread.
 */
final class Blocking {
    private final Worker worker;
    private final Databases databases;
    private final Waiters waiters;

    // What the running command has asked for; the set is null if it has not.
    private Set<DatabaseKey> wanted;
    private ValueType<?> wantedType;
    private long wantedMillis;
    private Offload<?> wantedOffload;

    /** Keys that came up and that somebody waits for, in the order in which they did. */
    private final ArrayDeque<DatabaseKey> ready = new ArrayDeque<>();

    /** The key for which a waiting command runs again; null if none does. */
    private DatabaseKey serving;

    /** Who goes on with a command that has waited; null if none does. */
    private Waiter goingOn;

    Blocking(Worker worker) {
        this.worker = worker;
        databases = worker.engine.databases();
        waiters = worker.engine.waiters();
    }

    void ask(long timeoutMillis, ValueType<?> type, Key... keys) {
        if (timeoutMillis < 0 || (type == null && keys.length > 0)) {
            throw new IllegalArgumentException("to wait for " + type + " for " + timeoutMillis + " ms");
        }
        Set<DatabaseKey> all = new LinkedHashSet<>();
        for (Key key : keys) {
            all.add(DatabaseKey.of(worker.keyspace().own(key)));
        }
        wanted = all;
        wantedType = type;
        wantedMillis = timeoutMillis;
    }

    void ask(Offload<?> offload) {
        if (serving != null) {
            throw new IllegalStateException("a command that has waited for a key cannot offload work");
        }
        wanted = Set.of();
        wantedMillis = 0;
        wantedOffload = offload;
    }

    /** Forgets what was asked for, by a command that then failed or that waits now. */
    void withdraw() {
        wanted = null;
        wantedType = null;
        wantedOffload = null;
    }

    boolean isAsked() {
        return wanted != null;
    }

    /** Has the client of the running command wait, or wait on. */
    void park(Command command, Arguments args) throws CommandException {
        try {
            if (serving == null) {
                start(new Waiter(
                        worker.session(),
                        command,
                        args.copy(),
                        new Waiter.Wish(wantedType, wanted, wantedOffload),
                        shardsOf(args),
                        deadline(wantedMillis)));
            }
        } finally {
            withdraw();
        }
    }

    private void start(Waiter waiter) throws CommandException {
        worker.locks.acquire(waiter.shards, waiter.shards.length);
        waiter.client.waiter(waiter);
        waiters.add(waiter);
        Offload<?> offload = waiter.wish.offload();
        if (offload != null) {
            try {
                waiter.command.origin.executor().execute(() -> {
                    offload.work();
                    waiters.end(waiter);
                });
            } catch (RejectedExecutionException e) {
                waiters.end(waiter, Waiter.End.GONE);
                waiter.client.waiter(null);
                throw new CommandException("ERR too much of '" + waiter.command.spec.name() + "' of "
                        + waiter.command.origin + " waits to be done already");
            }
        }
    }

    /** Even who waits for no key waits somewhere. */
    private static int[] shardsOf(Arguments args) {
        BitSet shards = new BitSet();
        for (int i = 0; i < args.keyCount(); i++) {
            shards.set(args.keyAt(i).shard);
        }
        return shards.isEmpty() ? new int[1] : shards.stream().toArray();
    }

    private long deadline(long timeoutMillis) {
        boolean forEver = timeoutMillis == 0 || timeoutMillis > TimeUnit.NANOSECONDS.toMillis(Long.MAX_VALUE / 4);
        return forEver ? Long.MAX_VALUE : worker.engine.ticker().nanos() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }

    /** Notes that a key has come up. */
    void ready(DatabaseKey key) {
        if (databases.shard(databases.shardOf(key.hash())).waiters.has(key)) {
            ready.add(key);
        }
    }

    boolean isKeyReady() {
        return !ready.isEmpty();
    }

    /** Runs the commands that wait for keys that have come up; they may make more keys come up. */
    void serve() {
        worker.locks.pin();
        try {
            for (serving = ready.poll(); serving != null; serving = ready.poll()) {
                serve(serving);
            }
        } finally {
            serving = null;
            worker.locks.unpin();
        }
    }

    private void serve(DatabaseKey key) {
        for (Waiter waiter :
                databases.shard(databases.shardOf(key.hash())).waiters.in(key)) {
            ValueType<?> type = worker.typeOf(key);
            if (type == null) {
                return;
            }
            if (worker.engine.types().areAlike(type, waiter.wish.type()) && worker.runAgain(waiter, waiter.reply())) {
                waiters.end(waiter, Waiter.End.SERVED);
            }
        }
    }

    /** The key among a running command's for which it runs again; null if it does not. */
    Key readyKey(Arguments args) {
        for (int i = 0; serving != null && i < args.keyCount(); i++) {
            if (serving.is(args.keyAt(i))) {
                return args.keyAt(i);
            }
        }
        return null;
    }

    /** Runs a command: from its beginning, or, if its client has waited, what is left of it. */
    void call(Command command, Arguments args, ReplyStream replies) throws Throwable {
        Waiter waiter = goingOn;
        goingOn = null;
        if (waiter == null) {
            command.handler.execute(worker, args, replies);
        } else if (waiter.end() == Waiter.End.TIMED_OUT) {
            command.handler.timedOut(worker, args, replies);
        } else {
            waiter.wish.offload().goOn(worker, args, replies);
        }
    }

    /** Answers a client that no longer waits, on its own thread. */
    void answer(Waiter waiter) {
        switch (waiter.end()) {
            case SERVED -> worker.answer(waiter);
            case UNBLOCKED -> worker.answer("UNBLOCKED client unblocked via CLIENT UNBLOCK");
            case WITHDRAWN -> worker.answer("UNBLOCKED the plugin of the command was unloaded");
            default -> goOn(waiter);
        }
    }

    private void goOn(Waiter waiter) {
        goingOn = waiter;
        try {
            worker.goOn(waiter);
        } finally {
            goingOn = null;
        }
    }

    /**
     * Ends the waiting of a client, if it waits still.
     *
     * @return whether it did
     */
    boolean end(Waiter waiter, Waiter.End end) {
        worker.locks.acquire(waiter.shards, waiter.shards.length);
        if (waiter.end() != null) {
            return false;
        }
        waiters.end(waiter, end);
        return true;
    }
}

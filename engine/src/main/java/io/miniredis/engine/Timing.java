package io.miniredis.engine;

import io.miniredis.api.CommandFlag;
import io.miniredis.api.transport.RequestBatch;

/**
 * A worker's part in knowing how long commands take. Each call is measured by itself, with one reading of the clock, unless it is quick:
 * of calls of the same quick command that follow each other in a pipeline the time is taken together and divided evenly. What is quick
 * does so little that nothing of its own can make it slow, so what the slow log names was slow itself. If such a run takes long
 * nevertheless, because something outside held the thread up, it is not known which call that hit, and {@link LatencyMonitor} alone hears
 * of it; unless the slow log wants to know of less than a millisecond, for then nothing counts as quick. Confined to the worker's thread.
 */
final class Timing {
    /** With a lower threshold every call is measured. */
    private static final long FINE_NANOS = 1_000_000;

    private final Ticker ticker;
    private final Counters counters;
    private final SlowLog slowLog;
    private final LatencyMonitor monitor;
    private final Settings settings;

    /** As they are at the beginning of a batch, or when the client has changed them. */
    private long slowNanos;

    private long monitorNanos;

    private boolean singly;
    private boolean tracks;

    private ClientSession client;

    /** The command whose time passes; null between two. */
    private Command timed;

    /** When the last reading of the clock was; {@link #isRead} says whether in this batch. */
    private long since;

    private boolean isRead;

    /** How many calls of it have run since. */
    private int calls;

    /** The last of these. */
    private RequestBatch batch;

    private int request;

    Timing(Engine engine, Counters counters) {
        this.counters = counters;
        ticker = engine.ticker();
        slowLog = engine.slowLog();
        monitor = engine.latencyMonitor();
        settings = engine.settings();
    }

    /** Begins a batch of a client's requests. */
    void begin(ClientSession newClient) {
        client = newClient;
        readSettings();
        isRead = false;
    }

    /** Goes by the directives as they are now. */
    void readSettings() {
        slowNanos = slowLog.thresholdNanos();
        singly = slowNanos >= 0 && slowNanos < FINE_NANOS;
        monitorNanos = monitor.thresholdNanos();
        tracks = settings.tracksLatency();
    }

    /** Ends it. */
    void end() {
        stop();
        client = null;
    }

    /** Lets time count for a command with so many arguments from here on. */
    void start(Command command, int arguments) {
        if (command == timed && arguments <= command.quickArguments) {
            return;
        }
        if (timed != null || !isRead) {
            read();
        }
        timed = command;
    }

    /** Counts a call of the command, for the batch's client or for one that has waited. */
    void called(Arguments args, ClientSession caller) {
        calls++;
        batch = caller == client ? args.batch() : null; // who was served while others' time passed is not logged
        request = args.request();
    }

    /** Counts a call by another command, whose time is counted too. */
    void calledWithin(CommandStats stats, long nanos) {
        stats.took(nanos);
        if (tracks) {
            stats.latencies().record(nanos, 1);
        }
    }

    /** Takes back the last call, which waits; what it took so far counts when it answers, or not at all. */
    void waits() {
        calls--;
    }

    /** A call has run: its time is taken now, unless it is quick. */
    void ran(Command command, int arguments) {
        if (singly || arguments > command.quickArguments) {
            stop();
        }
    }

    /** Lets time count for nobody, or for who comes next in the batch. */
    void stop() {
        if (timed != null) {
            read();
            timed = null;
        }
    }

    private void read() {
        long now = ticker.nanos();
        if (timed != null) {
            took(now - since);
        }
        since = now;
        isRead = true;
        calls = 0;
        batch = null;
    }

    private void took(long nanos) {
        CommandStats stats = counters.of(timed);
        stats.took(nanos);
        if (calls == 0) {
            return; // it was refused, or waits
        }
        if (tracks) {
            stats.latencies().record(nanos / calls, calls);
        }
        if (nanos >= monitorNanos) {
            monitor.took(timed.spec.is(CommandFlag.FAST) ? LatencyMonitor.FAST_COMMAND : LatencyMonitor.COMMAND, nanos);
        }
        if (slowNanos >= 0
                && nanos >= slowNanos
                && calls == 1
                && batch != null
                && !timed.spec.is(CommandFlag.SKIP_SLOWLOG)) {
            slowLog.add(timed, batch, request, client, nanos, ticker.millis());
        }
    }
}

package io.miniredis.engine;

import io.miniredis.api.CommandFlag;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * CLIENT PAUSE: which commands wait, until when, and which clients do. While it lasts nothing that has expired is removed and nothing is
 * evicted, so that the data stays as it is. Thread-safe.
 *
 * <p>A client that is postponed has its request still; when the pause is over its connection is woken and runs it.
 */
final class Pause {
    /** Longer ones last for ever. */
    private static final long MOST_MILLIS = TimeUnit.NANOSECONDS.toMillis(Long.MAX_VALUE / 4);

    private final Ticker ticker;

    /** In the order in which they came. */
    private final Set<ClientSession> postponed = Collections.synchronizedSet(new LinkedHashSet<>());

    /** Null while there is none. */
    private volatile State state;

    /** @param endNanos by the ticker */
    private record State(boolean all, long endNanos) {}

    Pause(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Begins a pause, or extends the one there is; none gets shorter or milder by it. */
    synchronized void begin(boolean all, long millis) {
        long now = ticker.nanos();
        long end = now + TimeUnit.MILLISECONDS.toNanos(Math.min(millis, MOST_MILLIS));
        State before = state;
        state = before == null
                ? new State(all, end)
                : new State(before.all || all, end - before.endNanos > 0 ? end : before.endNanos);
    }

    /** Ends the pause, and lets go on who was postponed. */
    synchronized void end() {
        state = null;
        for (ClientSession client : postponed.toArray(new ClientSession[0])) {
            if (postponed.remove(client)) {
                client.wake();
            }
        }
    }

    /** Whether there is a pause. Ends it if its time is over. */
    boolean isOn() {
        State now = state;
        return now != null && !endIfOver(now);
    }

    private boolean endIfOver(State now) {
        boolean isOver = ticker.nanos() - now.endNanos >= 0;
        if (isOver) {
            endIfOver();
        }
        return isOver;
    }

    private synchronized void endIfOver() {
        State now = state;
        if (now != null && ticker.nanos() - now.endNanos >= 0) {
            end();
        }
    }

    /**
     * During a pause, has a client wait if its command is one of those that do.
     *
     * @param queued what EXEC would run; null for other commands
     * @return whether the client is postponed now
     */
    boolean postpones(ClientSession client, Command command, Transaction queued) {
        if (!isPaused(command, queued) || client.isMonitor()) {
            return false;
        }
        client.postponed(true);
        postponed.add(client);
        if (state == null && postponed.remove(client)) { // it ended meanwhile, without having seen this client
            client.postponed(false);
            return false;
        }
        return true;
    }

    private boolean isPaused(Command command, Transaction queued) {
        State now = state;
        return now != null && (now.all || mayWrite(command) || (queued != null && queued.mayWrite()));
    }

    /** Whether a command may change data, or say something to other clients. */
    static boolean mayWrite(Command command) {
        return command.spec.is(CommandFlag.WRITE) || command.spec.is(CommandFlag.MAY_REPLICATE);
    }

    /** Whether a client that was postponed is so still. */
    boolean holds(ClientSession client) {
        return postponed.contains(client);
    }

    /** Forgets a client that is gone. */
    void forget(ClientSession client) {
        postponed.remove(client);
    }
}

package io.miniredis.engine;

import io.miniredis.engine.OutputLimits.Limit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits for clients that do not read it, all of them together: within {@code client-output-buffer-limit} for each, and within the
 * heap. Who lets more wait is cut off. Thread-safe.
 */
final class Outboxes {
    private static final Logger LOG = LoggerFactory.getLogger(Outboxes.class);

    /** So much may wait in the fullest heap. */
    private static final long ALWAYS_BYTES = 1 << 20;

    private final Engine engine;
    private final LongAdder sum = new LongAdder();
    private final LongAdder disconnections = new LongAdder();
    private volatile OutputLimits limits;

    Outboxes(Engine engine) {
        this.engine = engine;
        limits = OutputLimits.of(engine.settings().get("client-output-buffer-limit"));
    }

    /** Takes up the limits of the settings. */
    void configure() {
        limits = OutputLimits.of(engine.settings().get("client-output-buffer-limit"));
    }

    Outbox open() {
        return new Outbox(sum);
    }

    /** What waits in all outboxes, in bytes. */
    long waitingBytes() {
        return sum.sum();
    }

    /** How many clients were cut off because of what waited for them. */
    long disconnections() {
        return disconnections.sum();
    }

    void resetStats() {
        disconnections.reset();
    }

    /**
     * Cuts a client off for which too much waits, or much for too long.
     *
     * @param pendingBytes what waits for it beside what its connection and its outbox know of
     */
    void check(ClientSession client, long pendingBytes) {
        Limit limit = limits.of(client.type());
        if (!limit.isSet() || client.isClosing()) {
            return;
        }
        long bytes = client.waitingBytes() + pendingBytes;
        boolean soft = limit.softBytes() != 0 && bytes > limit.softBytes();
        boolean forTooLong =
                client.isOverFor(soft, engine.ticker().nanos()) > TimeUnit.SECONDS.toNanos(limit.softSeconds());
        if ((limit.hardBytes() != 0 && bytes > limit.hardBytes()) || forTooLong) {
            cutOff(client, "Client {} scheduled to be closed ASAP for overcoming of output buffer limits.");
        }
    }

    /** Does the same with all clients, and looks whether the heap still has room for all that waits. To be called every so often. */
    void checkAll() {
        for (ClientSession client : engine.clients()) {
            check(client, 0);
        }
        makeRoom(0);
    }

    /** Cuts clients off, those first for which most waits, until there is room in the heap for something more. */
    void makeRoom(long bytes) {
        while (sum.sum() + bytes > ALWAYS_BYTES
                && sum.sum() + bytes > engine.evictions().freeHeapBytes() / 3) {
            ClientSession slowest = slowest();
            if (slowest == null) {
                return;
            }
            cutOff(slowest, "Client {} closed: the heap has no room for what waits to be sent to it.");
        }
    }

    private ClientSession slowest() {
        ClientSession slowest = null;
        long most = 0;
        for (ClientSession client : engine.clients()) {
            Outbox outbox = client.outbox();
            long bytes = outbox == null ? 0 : outbox.bytes();
            if (bytes > most) {
                most = bytes;
                slowest = client;
            }
        }
        return slowest;
    }

    /** Cuts a client off that its connection has no memory for. On any thread, whatever it holds. */
    void overflowed(ClientSession client) {
        cutOff(client, "Client {} closed: the heap has no room for what its connection holds.");
    }

    private void cutOff(ClientSession client, String why) {
        if (!client.isClosing()) {
            disconnections.increment();
            LOG.warn(why, client.describe(null, engine.ticker().millis()).strip());
        }
        client.cutOff();
    }
}

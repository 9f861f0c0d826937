package io.miniredis.protocol.resp;

import io.miniredis.api.transport.Dispatcher;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for clients and serves them on a few I/O threads, each with its own connections: requests are decoded, handed to a
 * {@link Dispatcher}, and answered on the same thread.
 *
 * <p>With several threads each has its own listening socket on each address, and the system spreads new connections over them.
 * Such sockets share a port with any that agree to; so that nobody else's does, the port is first taken alone.
 *
 * <p>A server is started once and closed once. Its methods must not be called by the I/O threads themselves.
 */
public final class RespServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RespServer.class);
    private static final int SWEEP_SECONDS = 1;
    /** How long closing a channel may take until its connection knows. */
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final RespOptions options;
    private final Dispatcher dispatcher;
    private final LongSupplier nanoTime;
    private final BufferMemory memory;
    private final List<IoThread> ioThreads = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "miniredis-io-timer");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Creates a server that does not listen yet.
     *
     * @param options how it listens and what it allows
     * @param dispatcher where requests go
     */
    public RespServer(RespOptions options, Dispatcher dispatcher) {
        this(options, dispatcher, System::nanoTime);
    }

    RespServer(RespOptions options, Dispatcher dispatcher, LongSupplier nanoTime) {
        this.options = options;
        memory = new BufferMemory(options.maxBufferBytes(), this::cutOffLarger);
        this.dispatcher = dispatcher;
        this.nanoTime = nanoTime;
    }

    /**
     * Begins to listen and to serve.
     *
     * @throws BindException if an address is taken or is not this machine's; the message names it
     * @throws IOException if there is no such host or the system refuses for another reason; nothing is left open
     */
    public void start() throws IOException {
        try {
            boolean sharing = sharingSupported() && options.ioThreads() > 1;
            for (int i = 1; i <= (sharing ? options.ioThreads() : 1); i++) {
                ioThreads.add(new IoThread("miniredis-io-" + i, options, dispatcher, memory));
            }
            listen(sharing);
        } catch (IOException | RuntimeException e) {
            close(Duration.ZERO);
            throw e;
        }
        listeners.forEach(Listener::accept);
        var unused = timer.scheduleWithFixedDelay(this::sweepSafely, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    private boolean sharingSupported() throws IOException {
        boolean supported = ListenSockets.sharingSupported();
        if (!supported && options.ioThreads() > 1) {
            LOG.warn("This system does not spread connections over listening sockets: using one I/O thread");
        }
        return supported;
    }

    private void listen(boolean sharing) throws IOException {
        var sockets = new ListenSockets(options.backlog());
        addresses.addAll(ListenSockets.free(options.addresses(), options.port()));
        for (IoThread io : ioThreads) {
            sockets.open(addresses, io.group(), sharing)
                    .forEach(channel -> listeners.add(new Listener(channel, io, timer)));
        }
    }

    /**
     * The port it listens on.
     *
     * @return the port that was asked for, or the one that was found
     */
    public int port() {
        return addresses.get(0).getPort();
    }

    /**
     * The addresses it listens on.
     *
     * @return one for each that was asked for, except duplicates and skipped ones
     */
    public List<InetSocketAddress> addresses() {
        return List.copyOf(addresses);
    }

    /** Stops listening; connections stay. */
    public void stopAccepting() {
        listeners.forEach(Listener::close);
    }

    /**
     * Stops listening, sends what is still to be sent, and closes all connections.
     *
     * @param grace how long to wait for clients that are slow to read
     */
    public void close(Duration grace) {
        stopAccepting();
        timer.shutdownNow();
        try {
            ioThreads.forEach(IoThread::finishConnections);
            if (!awaitNoConnections(grace)) {
                LOG.info("Closing connections that do not read their replies");
                ioThreads.forEach(IoThread::closeConnections);
                awaitNoConnections(CLOSING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ioThreads.forEach(IoThread::shutdown);
        }
    }

    /** Closes at once. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }

    private boolean awaitNoConnections(Duration atMost) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + atMost.toNanos();
        boolean none = true;
        for (IoThread io : ioThreads) {
            none &= io.awaitNoConnections(deadlineNanos);
        }
        return none;
    }

    /** Cuts off the connection that holds most memory, if that is more than so many bytes. On any thread. */
    private boolean cutOffLarger(long holding) {
        while (true) {
            RespConnection largest = null;
            long most = holding;
            for (IoThread io : ioThreads) {
                for (RespConnection connection : io.connections()) {
                    long held = connection.heldBytes();
                    if (held > most) {
                        most = held;
                        largest = connection;
                    }
                }
            }
            if (largest == null) {
                return false;
            }
            if (largest.cutOff()) {
                return true;
            }
        }
    }

    /** A failure must not end all further sweeps. */
    private void sweepSafely() {
        try {
            sweep();
        } catch (RuntimeException e) {
            LOG.error("Looking for idle connections failed", e);
        }
    }

    /** Closes connections that have been idle for too long. */
    synchronized void sweep() {
        int seconds = options.idleTimeoutSeconds();
        if (seconds > 0) {
            long nowNanos = nanoTime.getAsLong();
            long timeoutNanos = TimeUnit.SECONDS.toNanos(seconds);
            ioThreads.forEach(io -> io.connections().forEach(c -> c.sweep(nowNanos, timeoutNanos)));
        }
    }
}

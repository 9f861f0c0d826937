package io.miniredis.protocol.resp;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.ShutdownChannelGroupException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listening socket: sets the connections it accepts up and hands them to its I/O thread. Accepting fails when there are no
 * file descriptors left, say; then it waits a moment and goes on.
 */
final class Listener implements CompletionHandler<AsynchronousSocketChannel, Void> {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int RETRY_MILLIS = 100;
    private static final int KEEP_ALIVE_PROBES = 3;

    private final AsynchronousServerSocketChannel channel;
    private final IoThread io;
    private final ScheduledExecutorService timer;
    /** Whether the last attempt to accept failed: it is logged once. */
    private boolean failing;

    Listener(AsynchronousServerSocketChannel channel, IoThread io, ScheduledExecutorService timer) {
        this.channel = channel;
        this.io = io;
        this.timer = timer;
    }

    /** Accepts the next connection, and after it all others. */
    void accept() {
        try {
            channel.accept(null, this);
        } catch (ShutdownChannelGroupException stopped) {
            close();
        }
    }

    @Override
    public void completed(AsynchronousSocketChannel accepted, Void none) {
        failing = false;
        try {
            configure(accepted);
            io.adopt(accepted);
        } catch (IOException | RuntimeException e) {
            LOG.debug("A connection was lost while it was set up", e);
            closeQuietly(accepted);
        }
        accept();
    }

    @Override
    public void failed(Throwable e, Void none) {
        if (!channel.isOpen()) {
            return;
        }
        if (!failing) {
            LOG.warn("Accepting connections fails, trying on: {}", e.toString());
        }
        failing = true;
        try {
            var unused = timer.schedule(this::accept, RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopped) {
            close();
        }
    }

    private void configure(AsynchronousSocketChannel accepted) throws IOException {
        accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
        int seconds = io.options().keepAliveSeconds();
        if (seconds > 0) {
            accepted.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            // The first probe after the given time; then three, in as much time again, decide.
            setIfKnown(accepted, "TCP_KEEPIDLE", seconds);
            setIfKnown(accepted, "TCP_KEEPINTERVAL", Math.max(1, seconds / KEEP_ALIVE_PROBES));
            setIfKnown(accepted, "TCP_KEEPCOUNT", KEEP_ALIVE_PROBES);
        }
    }

    /** Sets an option that the channel has if the image contains {@code jdk.net}; by name, so as not to depend on it. */
    @SuppressWarnings("unchecked")
    private static void setIfKnown(AsynchronousSocketChannel accepted, String name, int value) throws IOException {
        for (SocketOption<?> option : accepted.supportedOptions()) {
            if (option.name().equals(name)) {
                accepted.setOption((SocketOption<Integer>) option, value);
            }
        }
    }

    /** Stops listening. */
    void close() {
        closeQuietly(channel);
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LOG.debug("A channel did not close", e);
        }
    }
}

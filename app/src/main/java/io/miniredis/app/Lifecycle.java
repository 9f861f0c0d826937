package io.miniredis.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the server, from start to stop. Every orderly stop takes the same way: a signal or a client's SHUTDOWN makes Java
 * run its shutdown hooks, of which ours stops the server and ends the process with 0; left to Java, it would be 143 for SIGTERM.
 * Further signals have no effect. A stop that takes too long, perhaps because a plugin hangs, is cut short.
 */
final class Lifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    /** Longer than clients are given to read their replies. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final Server server;
    private final Thread hook = new Thread(this::stop, "miniredis-stop");
    private volatile String reason = "a signal";

    Lifecycle(Configuration configuration) {
        server = new Server(configuration, this::stopAsked);
    }

    /**
     * Starts the server, and does not return.
     *
     * @throws StartFailure if it does not start
     */
    void run() throws StartFailure, InterruptedException {
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            server.start();
        } catch (StartFailure e) {
            abandon();
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.error("The server does not start", e);
            abandon();
            throw StartFailure.failure("the server does not start, because of an error that the log shows: " + e);
        }
        new CountDownLatch(1).await();
    }

    /** Gives back what a failed start took, unless a signal has begun to. */
    private void abandon() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            server.close();
        } catch (IllegalStateException alreadyStopping) {
            LOG.debug("The server was stopped while it started", alreadyStopping);
        }
    }

    /** A client's SHUTDOWN. On a thread of its own, because exit waits for the hook, which waits for the client's thread. */
    private void stopAsked() {
        reason = "SHUTDOWN";
        new Thread(() -> System.exit(0), "miniredis-exit").start();
    }

    private void stop() {
        LOG.info("Stopping, because of {}", reason);
        Thread closing = new Thread(server::close, "miniredis-close");
        closing.setDaemon(true);
        closing.start();
        int exitCode = 0;
        try {
            closing.join(STOP_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (closing.isAlive()) {
            LOG.error("Something did not stop within {} s; leaving it behind", STOP_LIMIT.toSeconds());
            exitCode = 1;
        } else {
            LOG.info("Stopped");
        }
        Runtime.getRuntime().halt(exitCode);
    }
}

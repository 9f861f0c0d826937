package io.miniredis.bench;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Looks at a server's {@code used_memory} every 20 ms, on a thread and a connection of its own, and remembers the most. */
final class MemoryWatch implements AutoCloseable {
    private static final int INTERVAL_MILLIS = 20;

    private final RespClient client;
    private final CompletableFuture<Long> most;
    private volatile boolean stopping;

    MemoryWatch(Server server) {
        client = server.connect();
        most = CompletableFuture.supplyAsync(this::watch, task -> {
            Thread thread = new Thread(task, "memory watch");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private long watch() {
        long found = 0;
        try {
            while (!stopping) {
                found = Math.max(found, client.usedMemory());
                Tools.sleep(INTERVAL_MILLIS);
            }
        } catch (IOException e) {
            throw new BenchFailure("the memory watch failed", e);
        }
        return found;
    }

    /** Stops looking, and tells the most that was found, in bytes. */
    long stop() {
        stopping = true;
        try {
            return most.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof BenchFailure failure ? failure : e;
        }
    }

    @Override
    public void close() {
        stopping = true;
        client.close();
    }
}

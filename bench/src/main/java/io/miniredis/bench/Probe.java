package io.miniredis.bench;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/**
 * One client that asks for a small value a thousand times a second, on a thread of its own, while others do something else to the
 * server. A latency counts from the moment a request was due, so one long pause shows as many late replies, and as its full length
 * in the longest of them.
 */
final class Probe implements AutoCloseable {
    private static final long INTERVAL_NANOS = 1_000_000;
    private static final String KEY = "probe";

    private final Histogram latencies = new Histogram();
    private final RespClient client;
    private final CompletableFuture<Void> done;
    private volatile boolean stopping;

    private Probe(RespClient client) {
        this.client = client;
        done = CompletableFuture.runAsync(this::run, task -> {
            Thread thread = new Thread(task, "probe");
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** Starts to ask. */
    static Probe of(Server server) {
        RespClient client = server.connect();
        try {
            client.call("SET", KEY, "v".repeat(32));
            for (int i = 0; i < 1000; i++) {
                client.call("GET", KEY);
            }
        } catch (IOException e) {
            client.close();
            throw new BenchFailure(server.name() + " failed", e);
        }
        return new Probe(client);
    }

    private void run() {
        byte[] request = RespClient.request("GET", KEY);
        long due = System.nanoTime();
        try {
            while (!stopping) {
                due += INTERVAL_NANOS;
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                client.send(request);
                client.skipReplies(1);
                latencies.add(System.nanoTime() - due);
            }
        } catch (IOException e) {
            throw new BenchFailure("the probe failed", e);
        }
    }

    /** Stops asking, and tells what was found. */
    Histogram stop() {
        stopping = true;
        try {
            done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof BenchFailure failure ? failure : e;
        }
        return latencies;
    }

    @Override
    public void close() {
        stopping = true;
        client.close();
    }
}

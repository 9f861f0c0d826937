package io.miniredis.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What happens at the limit of memory: clients insert new keys as fast as they are answered, with {@code allkeys-lru}. How far the
 * memory gets beyond the limit, what evicting costs the clients, and whether what is oldest goes first.
 */
@Command(name = "pressure", description = "Inserting far beyond maxmemory: excess, latency, and who is evicted.")
final class Pressure implements Callable<Integer> {
    /** How long to insert before looking whether it is enough. */
    private static final double STEP_SECONDS = 0.1;

    private static final int MOST_FILL_SECONDS = 300;

    @Mixin
    private Setup setup = new Setup();

    @Option(names = "--maxmemory", paramLabel = "MB", description = "Default: ${DEFAULT-VALUE}")
    private int megabytes = 100;

    @Option(names = "--values", split = ",", paramLabel = "BYTES", description = "Sizes of values. Default: 32,1024")
    private List<Integer> valueBytes = List.of(32, 1024);

    @Option(names = "--clients", paramLabel = "COUNT", description = "Connections. Default: ${DEFAULT-VALUE}")
    private int clients = 8;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            description = "How long each measurement takes, and its rehearsal. Default: ${DEFAULT-VALUE}")
    private double seconds = 5;

    private final Samples samples = new Samples();

    @Override
    public Integer call() {
        setup.pinThisProgram();
        setup.eachRound(server -> valueBytes.forEach(bytes -> measure(server, bytes)));
        String text =
                Table.count(clients) + " connections insert new keys, each as soon as it was answered; a limit of "
                        + Table.count(megabytes) + " MB:\n\n"
                        + setup.comparison("", samples, 0).markdown();
        setup.publish("pressure", text, Map.of());
        return 0;
    }

    private long limit() {
        return (long) megabytes << 20;
    }

    private void measure(Server server, int bytes) {
        double without = p99WithoutLimit(server, bytes);
        server.tell(client -> {
            client.call("FLUSHALL");
            client.call("CONFIG", "SET", "maxmemory", Long.toString(limit()));
            client.call("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
            try (Writers writers = new Writers(server, bytes)) {
                double oldest = shareOfOldest(client, writers);
                measureEvicting(server, client, writers, bytes, without);
                add(server, bytes, "evicted of the older half, %", oldest);
            }
            client.call("FLUSHALL");
        });
    }

    /** Clients that insert keys with numbers that count up. */
    private final class Writers implements AutoCloseable {
        private final AtomicLong next = new AtomicLong();
        private final LoadClient clients;

        Writers(Server server, int bytes) throws IOException {
            byte[] set = RespClient.request("SET", Keys.KEY, "v".repeat(bytes));
            clients = new LoadClient(server.port(), set, next::getAndIncrement, Pressure.this.clients);
        }

        LoadClient.Result insert(double duration) throws IOException {
            return clients.saturate(duration);
        }

        long inserted() {
            return next.get();
        }

        @Override
        public void close() {
            clients.close();
        }
    }

    private double p99WithoutLimit(Server server, int bytes) {
        return server.ask(client -> {
            client.call("CONFIG", "SET", "maxmemory", "0");
            try (Writers writers = new Writers(server, bytes)) {
                writers.insert(seconds);
                return p99Millis(writers.insert(seconds));
            }
        });
    }

    private static double p99Millis(LoadClient.Result result) {
        return result.latencies().quantile(0.99) / 1e6;
    }

    private static long evicted(RespClient client) throws IOException {
        return client.infoNumber("stats", "evicted_keys");
    }

    /**
     * Fills the server, then inserts half as many keys again.
     *
     * @return the part of the evicted that were among the older half of the first, in percent; with an exact LRU it would be 100
     */
    private double shareOfOldest(RespClient client, Writers writers) throws IOException {
        long before = evicted(client);
        long giveUp = System.nanoTime() + MOST_FILL_SECONDS * 1_000_000_000L;
        while (evicted(client) == before) {
            if (System.nanoTime() - giveUp > 0) {
                throw new BenchFailure("nothing was evicted in " + MOST_FILL_SECONDS + " seconds");
            }
            writers.insert(STEP_SECONDS);
        }
        long full = writers.inserted();
        while (writers.inserted() < full + full / 2) {
            writers.insert(STEP_SECONDS);
        }
        long gone = evicted(client) - before;
        long oldestGone = full / 2 - client.countKeys(0, full / 2);
        return 100.0 * oldestGone / gone;
    }

    private void measureEvicting(Server server, RespClient client, Writers writers, int bytes, double without)
            throws IOException {
        writers.insert(seconds);
        long before = evicted(client);
        LoadClient.Result result;
        long most;
        try (MemoryWatch watch = new MemoryWatch(server)) {
            result = writers.insert(seconds);
            most = watch.stop();
        }
        add(server, bytes, "worst excess over maxmemory, %", Math.max(0, 100.0 * (most - limit()) / limit()));
        add(server, bytes, "evictions/s", (evicted(client) - before) / seconds);
        add(server, bytes, "p99 without a limit, ms", without);
        add(server, bytes, "p99 while evicting, ms", p99Millis(result));
        add(server, bytes, "p99 evicting / without", p99Millis(result) / without);
    }

    private void add(Server server, int bytes, String what, double figure) {
        samples.add("values of " + Table.count(bytes) + ": " + what, server.name(), figure);
        Setup.progress("  values of " + Table.count(bytes) + ": " + what + ": " + Table.figure(figure));
    }
}

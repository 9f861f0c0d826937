package io.miniredis.bench;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long one client waits while something large happens to the key space. */
@Command(
        name = "pauses",
        description = "The longest wait of a client while keys are inserted, flushed, and expire all at once.")
final class Pauses implements Callable<Integer> {
    private static final int QUIET_MILLIS = 3000;
    private static final int BATCH = 50;
    private static final int MOST_EXPIRY_SECONDS = 60;

    /** How fast keys with an expiry can be set at the least; so much time is left for it. */
    private static final long SLOWEST_KEYS_PER_SECOND = 50_000;

    @Mixin
    private Setup setup = new Setup();

    @Option(names = "--keys", paramLabel = "COUNT", description = "Keys inserted. Default: ${DEFAULT-VALUE}")
    private long keys = 10_000_000;

    @Option(
            names = "--expiring",
            paramLabel = "COUNT",
            description = "Keys that expire in the same second. Default: ${DEFAULT-VALUE}")
    private long expiring = 1_000_000;

    @Option(
            names = "--times",
            paramLabel = "COUNT",
            description = "How often they are inserted: at first the server's code is new. Default: ${DEFAULT-VALUE}")
    private int times = 3;

    private final Samples samples = new Samples();

    @Override
    public Integer call() {
        setup.pinThisProgram();
        setup.eachRound(server -> {
            probe(server, "nothing else", client -> Tools.sleep(QUIET_MILLIS));
            for (int time = 1; time <= times; time++) {
                String which = times == 1 ? "" : ", time " + time;
                probe(server, "inserting " + Table.count(keys) + " keys" + which, this::insert);
                probe(server, "FLUSHALL of them" + which, client -> {
                    client.call("FLUSHALL");
                    Tools.sleep(QUIET_MILLIS);
                });
            }
            long second = setExpiring(server);
            probe(server, Table.count(expiring) + " keys expiring", client -> awaitExpiry(client, second));
        });
        String text =
                "How long a client waits that asks for one small value a thousand times a second, while another one"
                        + " does this. Longest, in milliseconds:\n\n"
                        + setup.comparison("longest ms", samples, 0).markdown()
                        + "\n99.9th percentile, in milliseconds:\n\n"
                        + setup.comparison("p99.9 ms", samples, 1).markdown()
                        + "\n99th percentile, in milliseconds:\n\n"
                        + setup.comparison("p99 ms", samples, 2).markdown();
        setup.publish("pauses", text, Map.of());
        return 0;
    }

    private void probe(Server server, String what, Server.Task disturbance) {
        try (Probe probe = Probe.of(server)) {
            server.tell(disturbance);
            Histogram latencies = probe.stop();
            samples.add(
                    what,
                    server.name(),
                    latencies.max() / 1e6,
                    latencies.quantile(0.999) / 1e6,
                    latencies.quantile(0.99) / 1e6);
            Setup.progress("  " + what + ": " + Table.figure(latencies.max() / 1e6) + " ms");
        }
    }

    private void insert(RespClient client) throws IOException {
        client.fill(RespClient.request("SET", Keys.KEY, "v".repeat(32)), 0, keys, BATCH);
    }

    /** Returns the second, counted from the epoch, in which they expire. */
    private long setExpiring(Server server) {
        long second = System.currentTimeMillis() / 1000 + 3 + expiring / SLOWEST_KEYS_PER_SECOND;
        byte[] set = RespClient.request("SET", Keys.KEY, "v".repeat(32), "EXAT", Long.toString(second));
        server.tell(client -> client.fill(set, 0, expiring, 500));
        return second;
    }

    /** Until only the probe's key is left, but not for ever. */
    private static void awaitExpiry(RespClient client, long second) throws IOException {
        long giveUp = (second + MOST_EXPIRY_SECONDS) * 1000;
        while (Long.parseLong(client.call("DBSIZE")) > 1 && System.currentTimeMillis() < giveUp) {
            Tools.sleep(100);
        }
    }
}

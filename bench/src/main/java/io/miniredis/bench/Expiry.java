package io.miniredis.bench;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Many keys that expire within one second while clients ask for others: how soon they are gone, and how long the clients wait. */
@Command(
        name = "expiry",
        description = "Many keys that expire in the same second: until they are gone, and the waits meanwhile.")
final class Expiry implements Callable<Integer> {
    private static final String EXPIRING = "exp:" + Keys.NUMBER;

    /** Of the keys that stay and are asked for. */
    private static final int LASTING = 1000;

    /** Keys expire at so many moments of the second. */
    private static final int MOMENTS = 100;

    private static final int LEAD_MILLIS = 1000;
    private static final int POLL_MILLIS = 5;
    private static final int MOST_SECONDS = 60;

    /** How fast keys with an expiry can be set at the least; so much time is left for it. */
    private static final long SLOWEST_KEYS_PER_SECOND = 50_000;

    @Mixin
    private Setup setup = new Setup();

    @Option(names = "--keys", paramLabel = "COUNT", description = "That expire. Default: ${DEFAULT-VALUE}")
    private long keys = 1_000_000;

    @Option(names = "--rate", paramLabel = "COUNT", description = "Requests a second. Default: ${DEFAULT-VALUE}")
    private double rate = 5000;

    @Option(names = "--clients", paramLabel = "COUNT", description = "Connections. Default: ${DEFAULT-VALUE}")
    private int clients = 20;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            description =
                    "How long requests are sent, from a second before the first key expires on. Default: ${DEFAULT-VALUE}")
    private double seconds = 6;

    @Option(
            names = "--times",
            paramLabel = "COUNT",
            description =
                    "How often one server has that many keys expire; the first time its code is new. Default: ${DEFAULT-VALUE}")
    private int times = 4;

    private final Samples samples = new Samples();

    @Override
    public Integer call() {
        setup.pinThisProgram();
        setup.eachRound(this::measure);
        String text = Table.count(keys) + " keys expire within one second, while " + Table.figure(rate)
                + " GETs a second of other keys are due, in an open loop. " + times
                + " times with each server that is started:\n\n"
                + setup.comparison("", samples, 0).markdown();
        setup.publish("expiry", text, Map.of());
        return 0;
    }

    private void measure(Server server) {
        server.tell(client -> client.fillKeys(0, LASTING, 32));
        try (LoadClient load = new LoadClient(server.port(), LoadClient.Question.GET, LASTING, clients)) {
            load.run(rate, seconds);
            for (int time = 1; time <= times; time++) {
                measure(server, load, time == 1 ? "the first time" : "later");
            }
        } catch (IOException e) {
            throw new BenchFailure(server.name() + " failed", e);
        } catch (CompletionException e) {
            throw e.getCause() instanceof BenchFailure failure ? failure : e;
        }
    }

    private void measure(Server server, LoadClient load, String when) throws IOException {
        Histogram quiet = load.run(rate, seconds).latencies();
        long second = setExpiring(server);
        Tools.sleep(Math.max(0, second * 1000 - LEAD_MILLIS - System.currentTimeMillis()));
        CompletableFuture<Double> gone = CompletableFuture.supplyAsync(() -> secondsUntilGone(server, second));
        Histogram busy = load.run(rate, seconds).latencies();
        add(server, when + ": gone after the second was over, s", gone.join());
        addLatencies(server, when + ", nothing expires", quiet);
        addLatencies(server, when + ", keys expire", busy);
        add(server, when + ": longest wait beyond that without expiry, ms", (busy.max() - quiet.max()) / 1e6);
    }

    /** Returns the second, counted from the epoch, in which they expire. */
    private long setExpiring(Server server) {
        long second = System.currentTimeMillis() / 1000 + 4 + keys / SLOWEST_KEYS_PER_SECOND;
        server.tell(client -> {
            for (int moment = 0; moment < MOMENTS; moment++) {
                String millis = Long.toString(second * 1000 + moment * 1000L / MOMENTS);
                byte[] set = RespClient.request("SET", EXPIRING, "v".repeat(32), "PXAT", millis);
                client.fill(set, keys * moment / MOMENTS, keys * (moment + 1) / MOMENTS, 500);
            }
        });
        return second;
    }

    /** Counted from the end of the second; 0 if all are gone by then, NaN if some are there after a minute. */
    private static double secondsUntilGone(Server server, long second) {
        long end = (second + 1) * 1000;
        return server.ask(client -> {
            while (System.currentTimeMillis() < end + MOST_SECONDS * 1000L) {
                if (Long.parseLong(client.call("DBSIZE")) <= LASTING) {
                    return Math.max(0, System.currentTimeMillis() - end) / 1000.0;
                }
                Tools.sleep(POLL_MILLIS);
            }
            return Double.NaN;
        });
    }

    private void addLatencies(Server server, String when, Histogram latencies) {
        add(server, when + ": p99 ms", latencies.quantile(0.99) / 1e6);
        add(server, when + ": p99.9 ms", latencies.quantile(0.999) / 1e6);
        add(server, when + ": longest ms", latencies.max() / 1e6);
    }

    private void add(Server server, String what, double figure) {
        samples.add(what, server.name(), figure);
        Setup.progress("  " + what + ": " + Table.figure(figure));
    }
}

package io.miniredis.bench;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What large replies cost, and what they cost others: one client asks for them again and again, another for a small value. */
@Command(
        name = "large",
        description = "GET of 1 MB and LRANGE of 100,000 elements, and another client's latency meanwhile.")
final class LargeReplies implements Callable<Integer> {
    private static final int VALUE_BYTES = 1 << 20;

    @Mixin
    private Setup setup = new Setup();

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            description = "How long each measurement takes. Default: ${DEFAULT-VALUE}")
    private double seconds = 5;

    @Option(names = "--elements", paramLabel = "COUNT", description = "Default: ${DEFAULT-VALUE}")
    private int elements = 100_000;

    private final Samples samples = new Samples();

    @Override
    public Integer call() {
        setup.pinThisProgram();
        setup.eachRound(server -> {
            server.tell(client -> {
                client.call("SET", "large", "v".repeat(VALUE_BYTES));
                client.fillList(Workload.LIST, elements, 16);
            });
            measureQuiet(server);
            measure(server, "GET of 1 MB", "GET", "large");
            String last = Integer.toString(elements - 1);
            measure(server, "LRANGE of " + Table.count(elements), "LRANGE", Workload.LIST, "0", last);
        });
        publish();
        return 0;
    }

    private void measureQuiet(Server server) {
        waitQuietly(server); // a rehearsal
        samples.add("nothing else", server.name(), waitQuietly(server));
    }

    private double[] waitQuietly(Server server) {
        try (Probe probe = Probe.of(server)) {
            Tools.sleep((long) (seconds * 1000));
            return figures(Double.NaN, Double.NaN, Double.NaN, probe.stop());
        }
    }

    private void measure(Server server, String row, String... request) {
        byte[] bytes = RespClient.request(request);
        server.tell(client -> {
            ask(server, client, bytes); // a rehearsal
            samples.add(row, server.name(), ask(server, client, bytes));
        });
    }

    private double[] ask(Server server, RespClient client, byte[] request) throws IOException {
        long rss = server.processes().rssBytes();
        double cpuBefore = server.processes().cpuMicros();
        long begun = System.nanoTime();
        try (Probe probe = Probe.of(server)) {
            long replies = repeat(client, request);
            double elapsed = (System.nanoTime() - begun) / 1e9;
            double cpu = server.processes().cpuMicros() - cpuBefore;
            double more = Table.mebibytes(server.processes().rssBytes() - rss);
            return figures(replies / elapsed, cpu / replies, more, probe.stop());
        }
    }

    private long repeat(RespClient client, byte[] request) throws IOException {
        long replies = 0;
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() - end < 0) {
            client.send(request);
            client.skipReplies(1);
            replies++;
        }
        return replies;
    }

    private static double[] figures(double perSecond, double cpu, double rss, Histogram other) {
        return new double[] {
            perSecond, cpu, rss, other.quantile(0.5) / 1e6, other.quantile(0.99) / 1e6, other.max() / 1e6
        };
    }

    private void publish() {
        String text = "One client asks for a large reply, reads it and asks again. Replies per second:\n\n"
                + setup.comparison("replies/s", samples, 0).markdown()
                + "\nServer CPU time per reply, in microseconds (the other client's requests included):\n\n"
                + setup.comparison("CPU us/reply", samples, 1).markdown()
                + "\nWhat RSS grew by meanwhile, after a rehearsal, in MiB:\n\n"
                + setup.comparison("MiB", samples, 2).markdown()
                + "\nAnother client's wait meanwhile, asking for a small value a thousand times a second; median, 99th"
                + " percentile and longest, in milliseconds:\n\n"
                + setup.comparison("p50 ms", samples, 3).markdown()
                + "\n"
                + setup.comparison("p99 ms", samples, 4).markdown()
                + "\n"
                + setup.comparison("longest ms", samples, 5).markdown();
        setup.publish("large", text, Map.of());
    }
}

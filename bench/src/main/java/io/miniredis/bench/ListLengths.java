package io.miniredis.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How cost grows with the length of a list. One client sends pipelines of a kind and waits for their replies; pushes and pops
 * alternate, so that the list keeps its length.
 */
@Command(name = "lists", description = "Cost of LPUSH and LPOP, LRANGE and LLEN by the length of a list.")
final class ListLengths implements Callable<Integer> {
    private static final int DEPTH = 64;
    private static final String KEY = Workload.LIST;

    @Mixin
    private Setup setup = new Setup();

    @Option(
            names = "--lengths",
            split = ",",
            paramLabel = "COUNT",
            description = "Default: 10,1000,100000,1000000,10000000")
    private List<Long> lengths = List.of(10L, 1000L, 100_000L, 1_000_000L, 10_000_000L);

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            description = "How long each measurement takes. Default: ${DEFAULT-VALUE}")
    private double seconds = 2;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "How long each is rehearsed. Default: ${DEFAULT-VALUE}")
    private double warmUpSeconds = 1;

    private final Samples samples = new Samples();

    /** What is done to the list. */
    private enum Operation {
        LPUSH_AND_LPOP("LPUSH, LPOP"),
        LRANGE_HEAD("LRANGE 0 99"),
        LRANGE_MIDDLE("LRANGE of 100 in the middle"),
        LLEN("LLEN");

        private final String label;

        Operation(String label) {
            this.label = label;
        }

        private byte[] request(int number, long length) {
            return switch (this) {
                case LPUSH_AND_LPOP ->
                    number % 2 == 0
                            ? RespClient.request("LPUSH", KEY, "e".repeat(16))
                            : RespClient.request("LPOP", KEY);
                case LRANGE_HEAD -> RespClient.request("LRANGE", KEY, "0", "99");
                case LRANGE_MIDDLE ->
                    RespClient.request("LRANGE", KEY, Long.toString(length / 2), Long.toString(length / 2 + 99));
                case LLEN -> RespClient.request("LLEN", KEY);
            };
        }

        private byte[] pipeline(int depth, long length) {
            var bytes = new java.io.ByteArrayOutputStream();
            for (int i = 0; i < depth; i++) {
                bytes.writeBytes(request(i, length));
            }
            return bytes.toByteArray();
        }
    }

    @Override
    public Integer call() {
        setup.pinThisProgram();
        setup.eachRound(server -> {
            for (long length : lengths) {
                server.tell(client -> {
                    client.fillList(KEY, length, 16);
                    for (Operation operation : Operation.values()) {
                        measure(server, client, operation, length);
                    }
                });
            }
        });
        publish();
        return 0;
    }

    private void measure(Server server, RespClient client, Operation operation, long length) throws IOException {
        byte[] pipeline = operation.pipeline(DEPTH, length);
        repeat(client, pipeline, DEPTH, warmUpSeconds);
        double cpuBefore = server.processes().cpuMicros();
        double begun = System.nanoTime();
        long pipelines = repeat(client, pipeline, DEPTH, seconds).total();
        double elapsed = (System.nanoTime() - begun) / 1e9;
        double cpu = server.processes().cpuMicros() - cpuBefore;
        // Two at a time when a push and a pop belong together.
        int alone = operation == Operation.LPUSH_AND_LPOP ? 2 : 1;
        Histogram latencies = repeat(client, operation.pipeline(alone, length), alone, seconds / 2);
        samples.add(
                row(operation, length),
                server.name(),
                pipelines * DEPTH / elapsed,
                cpu / (pipelines * DEPTH),
                latencies.quantile(0.99) / 1e6);
    }

    private static Histogram repeat(RespClient client, byte[] requests, int count, double seconds) throws IOException {
        Histogram times = new Histogram();
        long end = System.nanoTime() + (long) (seconds * 1e9);
        long now = System.nanoTime();
        while (now - end < 0) {
            client.send(requests);
            client.skipReplies(count);
            long after = System.nanoTime();
            times.add(after - now);
            now = after;
        }
        return times;
    }

    private static String row(Operation operation, long length) {
        return operation.label + ", length " + Table.count(length);
    }

    private void publish() {
        String text = "Requests per second of one client with pipelines of " + DEPTH
                + ", which waits for the replies before it goes on:\n\n"
                + setup.comparison("requests/s", samples, 0).markdown()
                + "\nServer CPU time per request, in microseconds:\n\n"
                + setup.comparison("CPU us/request", samples, 1).markdown()
                + "\n99th percentile of the latency of single requests (of a push with its pop), in milliseconds:\n\n"
                + setup.comparison("p99 ms", samples, 2).markdown();
        setup.publish(
                "lists",
                text,
                Setup.plots(
                        "CPU per push or pop by length",
                        plot("Server CPU per LPUSH or LPOP, in microseconds", Operation.LPUSH_AND_LPOP),
                        "CPU per LRANGE in the middle by length",
                        plot("Server CPU per LRANGE in the middle, in microseconds", Operation.LRANGE_MIDDLE)));
    }

    private String plot(String title, Operation operation) {
        Map<Double, String> rows = Growth.rows(lengths, length -> row(operation, length));
        return Growth.plot(setup, title, "elements", samples, 1, rows);
    }
}

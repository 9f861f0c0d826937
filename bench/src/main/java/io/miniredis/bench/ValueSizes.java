package io.miniredis.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How cost grows with the length of values, and what memory is resident when many have been replaced by others. */
@Command(name = "values", description = "Requests per second, CPU and p99 of SET and GET by the length of values.")
final class ValueSizes implements Callable<Integer> {
    /** What all values of a length take together, so that the processor's caches do not hold them. */
    private static final long DATA_BYTES = 100_000_000;

    /** About how much one client sends before it waits for replies. */
    private static final int BATCH_BYTES = 100_000;

    @Mixin
    private Setup setup = new Setup();

    @Mixin
    private Load load = new Load();

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "BYTES",
            description = "Default: 100,1000,10000,100000,1000000")
    private List<Integer> sizes = List.of(100, 1000, 10_000, 100_000, 1_000_000);

    @Option(names = "--clients", paramLabel = "COUNT", description = "Connections. Default: ${DEFAULT-VALUE}")
    private int clients = 20;

    private final Samples samples = new Samples();
    private final Samples resident = new Samples();

    @Override
    public Integer call() {
        setup.pinThisProgram();
        setup.eachRoundTogether(servers -> {
            for (int size : sizes) {
                long keys = Math.max(1, Math.min(load.keys(), DATA_BYTES / size));
                servers.forEach(server -> fill(server, size, keys));
                for (Workload workload : List.of(Workload.SET, Workload.GET)) {
                    for (Server server : servers) {
                        measure(server, workload, size, keys);
                    }
                }
                for (Server server : servers) {
                    replace(server, size, keys);
                }
            }
        });
        publish();
        return 0;
    }

    private static void fill(Server server, int size, long keys) {
        server.tell(client -> {
            client.call("FLUSHALL");
            client.fill(RespClient.request("SET", Keys.KEY, "v".repeat(size)), 0, keys, batch(size));
        });
    }

    private static int batch(int size) {
        return Math.max(1, Math.min(64, BATCH_BYTES / size));
    }

    private void measure(Server server, Workload workload, int size, long keys) {
        RedisBenchmark benchmark = setup.redisBenchmark().keys(keys).valueBytes(size);
        Load.Measured found = load.measure(benchmark, server, workload, clients, 1);
        String row = row(size, workload.toString());
        samples.add(row, server.name(), found.figures());
        Setup.progress("  " + row + ": " + server.name() + " " + found);
    }

    /** One client replaces values by others, from half as long to half as long again. */
    private void replace(Server server, int size, long keys) {
        server.tell(client -> {
            var random = new SplittableRandom(size);
            replace(client, random, size, keys, load.warmUpSeconds());
            double cpuBefore = server.processes().cpuMicros();
            long begun = System.nanoTime();
            long count = replace(client, random, size, keys, load.seconds());
            double elapsed = (System.nanoTime() - begun) / 1e9;
            double cpu = server.processes().cpuMicros() - cpuBefore;
            double rss = Table.mebibytes(server.processes().rssBytes());
            String row = row(size, "set to other lengths, one client");
            samples.add(row, server.name(), count / elapsed, cpu / count, Double.NaN, Double.NaN);
            resident.add(row(size, "RSS after that"), server.name(), rss);
            Setup.progress("  " + row + ": " + server.name() + " " + Table.figure(count / elapsed) + "/s, "
                    + Table.figure(cpu / count) + " us each, RSS " + Table.figure(rss) + " MiB");
        });
    }

    /** Returns how many were replaced. */
    private static long replace(RespClient client, SplittableRandom random, int size, long keys, double seconds)
            throws IOException {
        byte[] values = new byte[size * 3 / 2];
        Arrays.fill(values, (byte) 'w');
        long end = System.nanoTime() + (long) (seconds * 1e9);
        long count = 0;
        var batch = new ByteArrayOutputStream();
        while (System.nanoTime() - end < 0) {
            batch.reset();
            for (int i = batch(size); i > 0; i--) {
                int length = size / 2 + random.nextInt(size);
                String key = Keys.name(random.nextLong(keys));
                batch.writeBytes(("*3\r\n$3\r\nSET\r\n$" + key.length() + "\r\n" + key + "\r\n$" + length + "\r\n")
                        .getBytes(ISO_8859_1));
                batch.write(values, 0, length);
                batch.write('\r');
                batch.write('\n');
                count++;
            }
            client.send(batch.toByteArray());
            client.skipReplies(batch(size));
        }
        return count;
    }

    private static String row(int size, String what) {
        return Table.count(size) + " bytes, " + what;
    }

    private void publish() {
        Map<Double, String> rows = Growth.rows(sizes, size -> row(size, Workload.GET.toString()));
        setup.publish(
                "values",
                Growth.tables(setup, "values", samples) + "\nResident memory, in MiB:\n\n"
                        + setup.comparison("MiB", resident, 0).markdown(),
                Growth.plots(setup, "bytes of a value (GET)", samples, rows));
    }
}

package io.miniredis.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How cost grows with the number of keys, which requests are spread over evenly: the processor's caches help less and less. */
@Command(name = "keys", description = "Requests per second, CPU and p99 of GET and SET by the number of keys.")
final class KeyCounts implements Callable<Integer> {
    private static final List<Workload> WORKLOADS = List.of(Workload.GET, Workload.SET);

    @Mixin
    private Setup setup = new Setup();

    @Mixin
    private Load load = new Load();

    @Option(
            names = "--counts",
            split = ",",
            paramLabel = "COUNT",
            description = "In ascending order. Default: 10000,100000,1000000,10000000")
    private List<Long> counts = List.of(10_000L, 100_000L, 1_000_000L, 10_000_000L);

    @Option(names = "--pipelines", split = ",", paramLabel = "DEPTH", description = "Default: 1,16")
    private List<Integer> pipelines = List.of(1, 16);

    @Option(names = "--clients", paramLabel = "COUNT", description = "Connections. Default: ${DEFAULT-VALUE}")
    private int clients = 50;

    private final Samples samples = new Samples();

    @Override
    public Integer call() {
        setup.pinThisProgram();
        setup.eachRound(this::measure);
        int deepest = pipelines.get(pipelines.size() - 1);
        Map<Double, String> rows = Growth.rows(counts, count -> row(Workload.GET, deepest, count));
        setup.publish(
                "keys",
                Growth.tables(setup, "keys", samples),
                Growth.plots(setup, "keys (GET, pipeline " + deepest + ")", samples, rows));
        return 0;
    }

    private void measure(Server server) {
        long filled = 0;
        for (long count : counts) {
            long from = filled;
            server.tell(client -> client.fillKeys(from, count, 32));
            filled = count;
            RedisBenchmark benchmark = setup.redisBenchmark().keys(count);
            for (Workload workload : WORKLOADS) {
                for (int pipeline : pipelines) {
                    Load.Measured found = load.measure(benchmark, server, workload, clients, pipeline);
                    samples.add(row(workload, pipeline, count), server.name(), found.figures());
                    Setup.progress("  " + row(workload, pipeline, count) + ": " + found);
                }
            }
        }
    }

    private static String row(Workload workload, int pipeline, long count) {
        return Table.count(count) + ", " + workload + ", pipeline " + pipeline;
    }
}

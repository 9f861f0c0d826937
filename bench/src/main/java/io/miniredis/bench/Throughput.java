package io.miniredis.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Requests a second and processor time for each, by workload and depth of pipeline. */
@Command(
        name = "throughput",
        description = "Requests per second, CPU per request and p99 for several commands and pipelines.")
final class Throughput implements Callable<Integer> {
    @Mixin
    private Setup setup = new Setup();

    @Mixin
    private Load load = new Load();

    @Option(names = "--tests", split = ",", paramLabel = "TEST", description = "Of: ${COMPLETION-CANDIDATES}")
    private List<Workload> workloads = List.of(Workload.values());

    @Option(names = "--pipelines", split = ",", paramLabel = "DEPTH", description = "Default: 1,16,64")
    private List<Integer> pipelines = List.of(1, 16, 64);

    @Option(names = "--clients", paramLabel = "COUNT", description = "Connections. Default: ${DEFAULT-VALUE}")
    private int clients = 50;

    private final Samples samples = new Samples();

    @Override
    public Integer call() {
        setup.pinThisProgram();
        RedisBenchmark benchmark = setup.redisBenchmark().keys(load.keys());
        setup.eachRoundTogether(servers -> {
            servers.forEach(server -> load.fillKeys(server, load.keys()));
            for (Workload workload : workloads) {
                for (int pipeline : pipelines) {
                    String row = row(workload, pipeline);
                    for (Server server : servers) {
                        Load.Measured found = load.measure(benchmark, server, workload, clients, pipeline);
                        samples.add(row, server.name(), found.figures());
                        Setup.progress("  " + row + ": " + server.name() + " " + found);
                    }
                }
            }
        });
        publish();
        return 0;
    }

    private static String row(Workload workload, int pipeline) {
        return workload + ", pipeline " + pipeline;
    }

    private void publish() {
        String text = "Requests per second:\n\n"
                + setup.comparison("requests/s", samples, 0).markdown()
                + "\nServer CPU time per request, in microseconds:\n\n"
                + setup.comparison("CPU us/request", samples, 1).markdown()
                + "\nWhat of it was spent in the kernel, on sockets for the most part, in microseconds:\n\n"
                + setup.comparison("in the kernel, us/request", samples, 3).markdown()
                + "\n99th percentile as redis-benchmark reports it under full load, in milliseconds:\n\n"
                + setup.comparison("p99 ms", samples, 2).markdown();
        setup.publish(
                "throughput",
                text,
                Setup.plots(
                        "Requests per second as a multiple of the first server's",
                        bars("Requests per second (more is better)", 0),
                        "CPU per request as a multiple of the first server's",
                        bars("Server CPU per request (less is better)", 1)));
    }

    private String bars(String title, int figure) {
        List<String> names = setup.names();
        List<String> labels = workloads.stream().map(Workload::toString).toList();
        BarChart chart = new BarChart(title, "times " + names.get(0), labels);
        for (String name : names.subList(1, names.size())) {
            for (int pipeline : pipelines) {
                List<Double> values = new ArrayList<>();
                for (Workload workload : workloads) {
                    String row = row(workload, pipeline);
                    values.add(samples.median(row, name, figure) / samples.median(row, names.get(0), figure));
                }
                chart.add(names.size() > 2 ? name + ", pipeline " + pipeline : "pipeline " + pipeline, values);
            }
        }
        return chart.svg();
    }
}

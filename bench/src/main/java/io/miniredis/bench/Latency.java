package io.miniredis.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Latency at a rate that all servers can keep up with: a share of what the slowest of them does at most. */
@Command(
        name = "latency",
        description = "Latencies at pipeline 1, at 80 %% of the slowest server's throughput, in an open loop.")
final class Latency implements Callable<Integer> {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double[] QUANTILES = {0.5, 0.99, 0.999};

    @Mixin
    private Setup setup = new Setup();

    @Mixin
    private Load load = new Load();

    @Option(names = "--clients", paramLabel = "COUNT", description = "Connections. Default: ${DEFAULT-VALUE}")
    private int connections = 50;

    @Option(
            names = "--turns",
            paramLabel = "COUNT",
            description = "How often each server is measured in a round. Default: ${DEFAULT-VALUE}")
    private int turns = 10;

    @Option(names = "--share", paramLabel = "PERCENT", description = "Of the slowest. Default: ${DEFAULT-VALUE}")
    private int sharePercent = 80;

    private final Map<LoadClient.Question, Double> rates = new EnumMap<>(LoadClient.Question.class);
    private final Samples samples = new Samples();

    @Override
    public Integer call() {
        setup.pinThisProgram();
        findRates();
        setup.eachRoundTogether(servers -> {
            servers.forEach(server -> load.fillKeys(server, load.keys()));
            for (LoadClient.Question question : LoadClient.Question.values()) {
                measure(servers, question);
            }
        });
        publish();
        return 0;
    }

    private void findRates() {
        RedisBenchmark benchmark = setup.redisBenchmark().keys(load.keys());
        for (ServerSpec spec : setup.servers()) {
            try (Server server = setup.start(spec)) {
                load.fillKeys(server, load.keys());
                for (LoadClient.Question question : LoadClient.Question.values()) {
                    Workload workload = Workload.valueOf(question.name());
                    double most = load.measure(benchmark, server, workload, connections, 1)
                            .requestsPerSecond();
                    Setup.progress(server.name() + ": " + question + " at most " + Table.figure(most) + "/s");
                    rates.merge(question, most * sharePercent / 100, Math::min);
                }
            }
        }
    }

    /** The servers take turns: whatever disturbs the machine for longer than that meets all of them. */
    private void measure(List<Server> servers, LoadClient.Question question) {
        double rate = rates.get(question);
        List<LoadClient> clients = new ArrayList<>();
        try {
            for (Server server : servers) {
                LoadClient client = new LoadClient(server.port(), question, load.keys(), connections);
                clients.add(client);
                client.run(rate, load.warmUpSeconds());
            }
            for (int turn = 0; turn < turns; turn++) {
                for (int i = 0; i < servers.size(); i++) {
                    add(servers.get(i), question, clients.get(i).run(rate, load.seconds()));
                }
            }
        } catch (IOException e) {
            throw new BenchFailure("a server failed", e);
        } finally {
            clients.forEach(LoadClient::close);
        }
    }

    private void add(Server server, LoadClient.Question question, LoadClient.Result result) {
        Histogram latencies = result.latencies();
        double[] figures = new double[QUANTILES.length + 2];
        for (int i = 0; i < QUANTILES.length; i++) {
            figures[i] = latencies.quantile(QUANTILES[i]) / NANOS_PER_MILLI;
        }
        figures[QUANTILES.length] = latencies.max() / NANOS_PER_MILLI;
        figures[QUANTILES.length + 1] = result.answeredPerSecond();
        List<String> names = List.of("p50", "p99", "p99.9", "longest", "answered/s");
        for (int i = 0; i < figures.length; i++) {
            samples.add(question + " " + names.get(i), server.name(), figures[i]);
        }
        Setup.progress("  " + question + ": " + server.name() + " p99 " + Table.figure(figures[1]) + " ms");
    }

    private void publish() {
        StringBuilder text = new StringBuilder("Offered: ");
        rates.forEach((question, rate) ->
                text.append(question).append(' ').append(Table.figure(rate)).append("/s, "));
        text.append(sharePercent).append(" % of what the slowest server answers at most. Milliseconds from when a");
        text.append(" request was due to its reply, medians of ").append(turns * setup.rounds());
        text.append(" turns of ").append(Table.figure(load.seconds())).append(" seconds:\n\n");
        text.append(setup.comparison("ms", samples, 0).markdown());
        setup.publish("latency", text.toString(), Map.of());
    }
}

package io.miniredis.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How cost grows with the number of connections, all of them busy. */
@Command(name = "connections", description = "Requests per second, CPU and p99 by the number of busy connections.")
final class Connections implements Callable<Integer> {
    @Mixin
    private Setup setup = new Setup();

    @Mixin
    private Load load = new Load();

    @Option(names = "--counts", split = ",", paramLabel = "COUNT", description = "Default: 1,10,100,1000,10000")
    private List<Integer> counts = List.of(1, 10, 100, 1000, 10_000);

    private final Samples samples = new Samples();

    @Override
    public Integer call() {
        setup.pinThisProgram();
        List<Integer> possible = Limits.possibleConnections(counts);
        setup.eachRound(server -> {
            load.fillKeys(server, load.keys());
            possible.forEach(count -> measure(server, count));
        });
        publish(possible);
        return 0;
    }

    /** Connecting is not part of what is measured. */
    private void measure(Server server, int count) {
        try (LoadClient client = new LoadClient(server.port(), LoadClient.Question.GET, load.keys(), count)) {
            client.saturate(load.warmUpSeconds());
            double cpuBefore = server.processes().cpuMicros();
            LoadClient.Result result = client.saturate(load.seconds());
            double cpu = server.processes().cpuMicros() - cpuBefore;
            samples.add(
                    row(count),
                    server.name(),
                    result.answeredPerSecond(),
                    cpu / result.latencies().total(),
                    result.latencies().quantile(0.99) / 1e6);
        } catch (IOException e) {
            throw new BenchFailure(server.name() + " failed with " + count + " connections", e);
        }
    }

    private static String row(int count) {
        return Table.count(count);
    }

    private void publish(List<Integer> possible) {
        Map<Double, String> rows = Growth.rows(possible, Connections::row);
        String text = "GET at pipeline 1, each connection asking again when it was answered.\n\n"
                + Growth.tables(setup, "connections", samples);
        setup.publish("connections", text, Growth.plots(setup, "connections", samples, rows));
    }
}

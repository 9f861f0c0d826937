package io.miniredis.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long a server that has just started takes to become as fast as it gets. */
@Command(name = "warmup", description = "Time until 90 % of the steady rate, after a start.")
final class WarmUp implements Callable<Integer> {
    private static final int SAMPLE_MILLIS = 100;

    /** So many samples in a row have to be fast. */
    private static final int SUSTAINED = 3;

    private static final double ENOUGH = 0.9;

    @Mixin
    private Setup setup = new Setup();

    @Option(names = "--seconds", paramLabel = "SECONDS", description = "How long to watch. Default: ${DEFAULT-VALUE}")
    private double seconds = 15;

    @Option(names = "--pipelines", split = ",", paramLabel = "DEPTH", description = "Default: 1,16")
    private List<Integer> pipelines = List.of(1, 16);

    @Option(names = "--clients", paramLabel = "COUNT", description = "Connections. Default: ${DEFAULT-VALUE}")
    private int clients = 50;

    private final Samples samples = new Samples();
    /** The rates of the last round, in requests a second, by pipeline and server. */
    private final Map<Integer, Map<String, double[]>> courses = new LinkedHashMap<>();

    @Override
    public Integer call() {
        setup.pinThisProgram();
        for (int pipeline : pipelines) {
            setup.eachRound(server -> measure(server, pipeline));
        }
        setup.publish("warmup", text(), plots());
        return 0;
    }

    /** Reads the server's own count of commands every so often, while the load lasts. */
    private void measure(Server server, int pipeline) {
        try (RedisBenchmark.Running load = setup.redisBenchmark().start(server, Workload.SET, clients, pipeline)) {
            double[] rates = server.ask(client -> rates(client, load));
            courses.computeIfAbsent(pipeline, unused -> new LinkedHashMap<>()).put(server.name(), rates);
            double steady = Samples.median(Arrays.copyOfRange(rates, rates.length * 3 / 4, rates.length));
            samples.add("pipeline " + pipeline, server.name(), secondsUntil(rates, ENOUGH * steady), steady);
        }
    }

    private double[] rates(RespClient client, RedisBenchmark.Running load) throws IOException {
        List<Double> rates = new ArrayList<>();
        long begun = System.nanoTime();
        long last = begun;
        long commands = commands(client);
        while (System.nanoTime() - begun < seconds * 1e9) {
            Tools.sleep(SAMPLE_MILLIS);
            long now = System.nanoTime();
            long counted = commands(client);
            boolean hasBegun = !rates.isEmpty() || counted - commands > 1;
            if (hasBegun) {
                rates.add((counted - commands) / ((now - last) / 1e9));
            }
            commands = counted;
            last = now;
        }
        if (rates.isEmpty() || !load.isAlive()) {
            throw new BenchFailure("redis-benchmark did not keep on");
        }
        return rates.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static long commands(RespClient client) throws IOException {
        return Long.parseLong(client.info().getOrDefault("total_commands_processed", "0"));
    }

    static double secondsUntil(double[] rates, double enough) {
        int fast = 0;
        for (int i = 0; i < rates.length; i++) {
            fast = rates[i] >= enough ? fast + 1 : 0;
            if (fast == SUSTAINED) {
                return (i + 1 - SUSTAINED) * SAMPLE_MILLIS / 1000.0;
            }
        }
        return Double.NaN;
    }

    private String text() {
        return "Seconds from the first command after a start until the rate of SET reaches 90 % of what it is at the end, and"
                + " stays there for " + SUSTAINED * SAMPLE_MILLIS / 1000.0 + " s; in steps of "
                + SAMPLE_MILLIS / 1000.0 + " s:\n\n"
                + setup.comparison("seconds", samples, 0).markdown()
                + "\nThe steady rate, in requests per second:\n\n"
                + setup.comparison("requests/s", samples, 1).markdown();
    }

    private Map<String, String> plots() {
        Map<String, String> plots = new LinkedHashMap<>();
        courses.forEach((pipeline, byServer) -> {
            String title = "Requests per second after a start, pipeline " + pipeline;
            LineChart chart = new LineChart(title, "seconds", false);
            byServer.forEach((name, rates) -> {
                List<Double> xs = new ArrayList<>();
                List<Double> ys = new ArrayList<>();
                for (int i = 0; i < rates.length; i++) {
                    xs.add((i + 1) * SAMPLE_MILLIS / 1000.0);
                    ys.add(rates[i]);
                }
                chart.add(name, xs, ys);
            });
            plots.put(title, chart.svg());
        });
        return plots;
    }
}

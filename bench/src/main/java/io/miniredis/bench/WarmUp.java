package io.miniredis.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long a server that has just started takes to become as fast as it gets. */
@Command(name = "warmup", description = "Time until 90 %% of the steady rate, after a start.")
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
    private final Map<Integer, Map<String, Course>> courses = new LinkedHashMap<>();

    /** How the rate went: seconds since the first command, and requests a second from the moment before until then. */
    record Course(List<Double> seconds, List<Double> rates) {

        /** What the rate is at the end: the median of the last quarter. */
        double steady() {
            List<Double> last = rates.subList(rates.size() * 3 / 4, rates.size());
            return Samples.median(last.stream().mapToDouble(Double::doubleValue).toArray());
        }

        /** When the rate begins to be enough and stays it for a while; NaN if it never does. */
        double secondsUntil(double enough) {
            int fast = 0;
            for (int i = 0; i < rates.size(); i++) {
                fast = rates.get(i) >= enough ? fast + 1 : 0;
                if (fast == SUSTAINED) {
                    int first = i + 1 - SUSTAINED;
                    return first == 0 ? 0 : seconds.get(first - 1);
                }
            }
            return Double.NaN;
        }
    }

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
            Course course = server.ask(this::watch);
            if (course.rates.isEmpty() || !load.isAlive()) {
                throw new BenchFailure("redis-benchmark did not keep on");
            }
            courses.computeIfAbsent(pipeline, unused -> new LinkedHashMap<>()).put(server.name(), course);
            double steady = course.steady();
            samples.add("pipeline " + pipeline, server.name(), course.secondsUntil(ENOUGH * steady), steady);
        }
    }

    private Course watch(RespClient client) throws IOException {
        List<Double> seconds = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        long begun = System.nanoTime();
        long last = begun;
        long commands = commands(client);
        while (last - begun < this.seconds * 1e9) {
            Tools.sleep(SAMPLE_MILLIS);
            long counted = commands(client);
            long now = System.nanoTime();
            if (seconds.isEmpty() && counted - commands <= 1) {
                begun = now; // nothing but our own question yet
            } else {
                seconds.add((now - begun) / 1e9);
                rates.add((counted - commands) / ((now - last) / 1e9));
            }
            commands = counted;
            last = now;
        }
        return new Course(seconds, rates);
    }

    private static long commands(RespClient client) throws IOException {
        return Long.parseLong(client.info().getOrDefault("total_commands_processed", "0"));
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
            byServer.forEach((name, course) -> chart.add(name, course.seconds, course.rates));
            plots.put(title, chart.svg());
        });
        return plots;
    }
}

package io.miniredis.bench;

import java.util.function.LongFunction;
import picocli.CommandLine.Option;

/** How long and with what the servers are loaded. Requests are counted out so that a run takes about the time that was asked for. */
final class Load {
    private static final long FEWEST = 1000;

    /** The first trial: so many that it takes some milliseconds, or it would have no rate. */
    private static final long TRIAL = 100_000;

    private static final long MOST = 100_000_000;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            description = "How long each measurement takes. Default: ${DEFAULT-VALUE}")
    private double seconds = 3;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "How long each measurement is rehearsed. Default: ${DEFAULT-VALUE}")
    private double warmUpSeconds = 3;

    @Option(
            names = "--keys",
            paramLabel = "COUNT",
            description = "Keys that requests are spread over, all of which exist. Default: ${DEFAULT-VALUE}")
    private long keys = 1_000_000;

    /**
     * Requests a second, processor microseconds of the server for each, 99th percentile of their latency, and what of the processor
     * time was spent in the kernel.
     */
    record Measured(double requestsPerSecond, double cpuMicros, double p99Millis, double kernelMicros) {
        @Override
        public String toString() {
            return Table.figure(requestsPerSecond) + "/s, " + Table.figure(cpuMicros) + " us each, "
                    + Table.figure(kernelMicros) + " of them in the kernel, p99 " + Table.figure(p99Millis) + " ms";
        }

        double[] figures() {
            return new double[] {requestsPerSecond, cpuMicros, p99Millis, kernelMicros};
        }
    }

    long keys() {
        return keys;
    }

    double seconds() {
        return seconds;
    }

    double warmUpSeconds() {
        return warmUpSeconds;
    }

    void fillKeys(Server server, long count) {
        server.tell(client -> client.fillKeys(0, count, 32));
    }

    /** Rehearses a workload, then measures it. */
    Measured measure(RedisBenchmark benchmark, Server server, Workload workload, int clients, int pipeline) {
        LongFunction<RedisBenchmark.Result> run = requests -> {
            workload.prepare(server, requests);
            return benchmark.run(server, workload, clients, pipeline, requests);
        };
        double cold = run.apply(count(TRIAL, clients, pipeline)).requestsPerSecond();
        double warm = run.apply(count(cold * warmUpSeconds, clients, pipeline)).requestsPerSecond();
        long requests = count(warm * seconds, clients, pipeline);
        workload.prepare(server, requests);
        ProcessTree processes = server.processes();
        double cpuBefore = processes.cpuMicros();
        double kernelBefore = processes.kernelMicros();
        RedisBenchmark.Result result = benchmark.run(server, workload, clients, pipeline, requests);
        double cpu = processes.cpuMicros() - cpuBefore;
        double kernel = processes.kernelMicros() - kernelBefore;
        return new Measured(result.requestsPerSecond(), cpu / requests, result.p99Millis(), kernel / requests);
    }

    /** A whole number of pipelines for each client. */
    private static long count(double wanted, int clients, int pipeline) {
        long turn = (long) clients * pipeline;
        long bounded = Math.min(MOST, Math.max(FEWEST, (long) wanted));
        return Math.max(1, bounded / turn) * turn;
    }
}

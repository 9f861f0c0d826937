package io.miniredis.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code redis-benchmark}, the load generator that comes with Redis, against one server. */
final class RedisBenchmark {
    private static final int RUN_SECONDS = 300;
    private static final int CSV_FIELDS = 8;
    private static final long ENDLESS = Integer.MAX_VALUE;

    private final String program;
    private final List<String> prefix;
    private int valueBytes = 32;
    private long keys = 1_000_000;

    /** What one run found. */
    record Result(double requestsPerSecond, double p50Millis, double p99Millis, double maxMillis) {}

    /**
     * @param program its name or path
     * @param prefix words before the command, such as those that pin it to a core
     */
    RedisBenchmark(String program, List<String> prefix) {
        this.program = program;
        this.prefix = prefix;
    }

    RedisBenchmark valueBytes(int bytes) {
        valueBytes = bytes;
        return this;
    }

    RedisBenchmark keys(long count) {
        keys = count;
        return this;
    }

    /** A run that goes on until it is closed. */
    static final class Running implements AutoCloseable {
        private final ProcessTree processes;

        private Running(Process process) {
            processes = new ProcessTree(process);
        }

        boolean isAlive() {
            return processes.isAlive();
        }

        @Override
        public void close() {
            processes.stop();
        }
    }

    /** Begins to send requests of a workload, again and again. */
    Running start(Server server, Workload workload, int clients, int pipeline) {
        List<String> command = command(server, workload, clients, pipeline, ENDLESS);
        try {
            return new Running(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new BenchFailure("cannot run " + program, e);
        }
    }

    /** Sends so many requests of a workload. */
    Result run(Server server, Workload workload, int clients, int pipeline, long requests) {
        return parse(Tools.output(command(server, workload, clients, pipeline, requests), RUN_SECONDS));
    }

    private List<String> command(Server server, Workload workload, int clients, int pipeline, long requests) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(program, "-h", "127.0.0.1", "-p", Integer.toString(server.port()), "--csv"));
        command.addAll(List.of("-n", Long.toString(requests), "-c", Integer.toString(clients)));
        command.addAll(List.of("-P", Integer.toString(pipeline), "-d", Integer.toString(valueBytes)));
        command.addAll(List.of("-r", Long.toString(keys)));
        command.addAll(workload.arguments());
        return command;
    }

    /** The last row; before it come the header and warnings. */
    private static Result parse(String output) {
        Result last = null;
        for (String line : output.split("\n", -1)) {
            String[] fields = line.strip().replaceAll("^\"|\"$", "").split("\",\"", -1);
            if (fields.length == CSV_FIELDS && !fields[1].equals("rps")) {
                last = new Result(number(fields[1]), number(fields[4]), number(fields[6]), number(fields[7]));
            }
        }
        if (last == null) {
            throw new BenchFailure("redis-benchmark said: " + output.strip());
        }
        return last;
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }
}

package io.miniredis.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What more I/O threads gain where the load shares the servers' cores, beside what it leaves them to gain. */
@Command(
        name = "threads",
        description = "One I/O thread and two, on all cores, which they share with a load that takes little of them.")
final class Threads implements Callable<Integer> {
    private static final int KEYS_EACH = 10;
    private static final int VALUE_BYTES = 32;
    private static final String VALUE = "v".repeat(VALUE_BYTES);

    /** Keys that hold numbers of ten digits, as all replies to INCR are that long then. */
    private static final String COUNTER = "cnt:" + Keys.NUMBER;

    /** What is asked, about random keys, all of which are there. */
    enum Question {
        /** Sets a key. */
        SET("+OK\r\n", "SET", Keys.KEY, VALUE),
        /** Gets a key. */
        GET("$32\r\n" + VALUE + "\r\n", "GET", Keys.KEY),
        /** Counts. */
        INCR(":1000000000\r\n", "INCR", COUNTER),
        /** Sets ten keys. */
        MSET("+OK\r\n", repeated("MSET", Keys.KEY, VALUE)),
        /** Gets ten keys. */
        MGET("*10\r\n" + ("$32\r\n" + VALUE + "\r\n").repeat(KEYS_EACH), repeated("MGET", Keys.KEY));

        private final String reply;
        private final String request;

        /** @param reply one that is as long as all are */
        Question(String reply, String... request) {
            this.reply = reply;
            this.request = new String(RespClient.request(request), ISO_8859_1);
        }

        private static String[] repeated(String command, String... arguments) {
            List<String> all = new ArrayList<>(List.of(command));
            Collections.nCopies(KEYS_EACH, List.of(arguments)).forEach(all::addAll);
            return all.toArray(String[]::new);
        }

        PipelineClient client(Server server, int connections, int pipeline, long keys) throws IOException {
            Supplier<byte[]> requests = PipelineClient.withRandomNumbers(request.getBytes(ISO_8859_1), keys);
            return new PipelineClient(server.port(), connections, pipeline, requests, reply.length());
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Mixin
    private Setup setup = Setup.ofThreads();

    @Mixin
    private Load load = new Load();

    @Option(names = "--tests", split = ",", paramLabel = "TEST", description = "Of: ${COMPLETION-CANDIDATES}")
    private List<Question> questions = List.of(Question.values());

    @Option(names = "--pipeline", paramLabel = "DEPTH", description = "Default: ${DEFAULT-VALUE}")
    private int pipeline = 64;

    @Option(names = "--clients", paramLabel = "COUNT", description = "Connections. Default: ${DEFAULT-VALUE}")
    private int connections = 50;

    private final Samples samples = new Samples();

    @Override
    public Integer call() {
        setup.pinThisProgram();
        setup.eachRoundTogether(servers -> {
            servers.forEach(this::fill);
            questions.forEach(question -> servers.forEach(server -> measure(server, question)));
        });
        publish();
        return 0;
    }

    private void fill(Server server) {
        load.fillKeys(server, load.keys());
        server.tell(client -> client.fill(RespClient.request("SET", COUNTER, "1000000000"), 0, load.keys(), 500));
    }

    private void measure(Server server, Question question) {
        try (PipelineClient client = question.client(server, connections, pipeline, load.keys())) {
            client.run(load.warmUpSeconds());
            double cpuBefore = server.processes().cpuMicros();
            PipelineClient.Result result = client.run(load.seconds());
            double cpu = (server.processes().cpuMicros() - cpuBefore) / result.answered();
            samples.add(question.toString(), server.name(), result.answeredPerSecond(), cpu, result.cpuMicros());
            Setup.progress("  " + question + ": " + server.name() + " " + Table.figure(result.answeredPerSecond())
                    + "/s, " + Table.figure(cpu) + " us each, the load " + Table.figure(result.cpuMicros()));
        } catch (IOException e) {
            throw new BenchFailure(server.name() + " failed", e);
        }
    }

    private void publish() {
        String text = "Pipelines of " + pipeline + ", " + connections + " connections. Requests per second:\n\n"
                + setup.comparison("requests/s", samples, 0).markdown()
                + "\nServer CPU time per request, in microseconds:\n\n"
                + setup.comparison("CPU us/request", samples, 1).markdown()
                + "\nWhat that means as multiples of what the first server could answer if it had one core alone:\n\n"
                + multiples().markdown();
        setup.publish("threads", text, Map.of());
    }

    /** What each server answers, and could at most when the load has taken its part, by what the first takes for a request. */
    private Table multiples() {
        List<String> names = setup.names();
        String first = names.get(0);
        List<String> header = new ArrayList<>(List.of("", "load, us/request", first + " alone, requests/s"));
        header.addAll(names);
        names.stream().skip(1).forEach(name -> header.add(name + ", at most"));
        Table table = new Table(header);
        for (String row : samples.rows()) {
            double loadMicros = samples.median(row, first, 2);
            double alone = 1e6 / samples.median(row, first, 1);
            List<String> cells = new ArrayList<>(List.of(row, Table.figure(loadMicros), Table.figure(alone)));
            names.forEach(name -> cells.add(Table.ratio(samples.median(row, name, 0), alone)));
            names.stream().skip(1).forEach(name -> {
                double micros = samples.median(row, name, 1) + samples.median(row, name, 2);
                cells.add(Table.ratio(Setup.CORES * 1e6 / micros, alone));
            });
            table.add(cells);
        }
        return table;
    }
}

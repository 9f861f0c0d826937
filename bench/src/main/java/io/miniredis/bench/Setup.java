package io.miniredis.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** What all comparisons share: which servers, on which cores, in how many rounds, and where the findings go. */
final class Setup {
    /** How many there are; read before this program moves to some of them, and sees no others any more. */
    static final int CORES = Runtime.getRuntime().availableProcessors();

    private static final List<String> LIMITS =
            List.of("--bind", "127.0.0.1", "--port", ServerSpec.PORT, "--maxclients", "20000");

    @Option(
            names = "--server",
            paramLabel = "NAME=COMMAND",
            description =
                    "A server to compare; '{port}' in the command stands for its port. Ratios are to the first."
                            + " Default: redis-server, then the image; for threads, the image with one I/O thread and with two.")
    private List<String> serverTexts = List.of();

    @Option(names = "--image", paramLabel = "FOLDER", description = "The image that is compared by default.")
    private Path image = root().resolve(Path.of("app", "target", "miniredis"));

    @Option(
            names = "--rounds",
            paramLabel = "COUNT",
            description = "Rounds over all servers; medians count. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(names = "--no-pin", description = "Do not keep servers on one core and the load on another.")
    private boolean unpinned;

    @Option(names = "--server-cores", paramLabel = "LIST", description = "Default: ${DEFAULT-VALUE}")
    private String serverCores = "0";

    @Option(names = "--load-cores", paramLabel = "LIST", description = "Default: ${DEFAULT-VALUE}")
    private String loadCores = "1";

    @Option(names = "--redis-benchmark", paramLabel = "FILE", description = "Default: ${DEFAULT-VALUE}")
    private String redisBenchmark = "redis-benchmark";

    @Option(names = "--page", paramLabel = "FILE", description = "The page to write to. Default: docs/benchmarks.md")
    private Path page = root().resolve(Path.of("docs", "benchmarks.md"));

    @Option(names = "--dry-run", description = "Only print what was found.")
    private boolean dryRun;

    /** Which servers are compared if none are named, by the words that start the image. */
    private Function<List<String>, List<ServerSpec>> usualServers = Setup::redisAndImage;

    private final Map<String, String> descriptions = new ConcurrentSkipListMap<>();

    Setup() {
        this(3);
    }

    /** @param rounds how many there are if nothing else is said */
    Setup(int rounds) {
        this.rounds = rounds;
    }

    /** One that compares the image with one I/O thread and with two, on all cores, which they share with the load. */
    static Setup ofThreads() {
        Setup setup = new Setup();
        setup.usualServers = Setup::oneThreadAndTwo;
        setup.serverCores = "0-" + (CORES - 1);
        setup.loadCores = setup.serverCores;
        return setup;
    }

    static Path root() {
        return Path.of(System.getProperty("miniredis.root", "."))
                .toAbsolutePath()
                .normalize();
    }

    List<ServerSpec> servers() {
        if (!serverTexts.isEmpty()) {
            return serverTexts.stream().map(ServerSpec::parse).toList();
        }
        Path launcher = image.resolve(Path.of("bin", "miniredis"));
        if (!Files.isExecutable(launcher)) {
            throw new BenchFailure("there is no image: " + launcher);
        }
        return usualServers.apply(joined(List.of(launcher.toString()), LIMITS, List.of()));
    }

    private static List<ServerSpec> redisAndImage(List<String> image) {
        if (!Tools.isInstalled("redis-server")) {
            throw new BenchFailure("redis-server is not installed; --server names other servers to compare");
        }
        return List.of(
                new ServerSpec("redis", joined(List.of("redis-server"), LIMITS, List.of("--save", ""))),
                new ServerSpec("miniredis", image));
    }

    private static List<ServerSpec> oneThreadAndTwo(List<String> image) {
        return List.of(
                new ServerSpec("one", joined(image, List.of("--io-threads", "1"), List.of())),
                new ServerSpec("two", joined(image, List.of("--io-threads", "2"), List.of())));
    }

    private static List<String> joined(List<String> first, List<String> second, List<String> third) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        all.addAll(third);
        return all;
    }

    int rounds() {
        return rounds;
    }

    List<String> names() {
        return servers().stream().map(ServerSpec::name).toList();
    }

    ServerSpec specOf(Server server) {
        return servers().stream()
                .filter(spec -> spec.name().equals(server.name()))
                .findFirst()
                .orElseThrow();
    }

    private boolean isPinned() {
        return !unpinned && CORES > 1 && Tools.isInstalled("taskset");
    }

    private List<String> pinnedTo(String cores) {
        return isPinned() ? List.of("taskset", "-c", cores) : List.of();
    }

    /** Moves this program, which drives some of the load itself, to the cores of the load. */
    void pinThisProgram() {
        if (isPinned()) {
            String pid = Long.toString(ProcessHandle.current().pid());
            Tools.output(List.of("taskset", "-a", "-p", "-c", loadCores, pid));
        }
    }

    /** A command that is run where servers are. */
    List<String> onServerCores(List<String> command) {
        return joined(pinnedTo(serverCores), command, List.of());
    }

    RedisBenchmark redisBenchmark() {
        if (!Tools.isInstalled(redisBenchmark)) {
            throw new BenchFailure(redisBenchmark + " is not installed");
        }
        return new RedisBenchmark(redisBenchmark, pinnedTo(loadCores));
    }

    Server start(ServerSpec spec) {
        return start(spec, Map.of());
    }

    Server start(ServerSpec spec, Map<String, String> environment) {
        Server server = Server.start(spec, pinnedTo(serverCores), environment);
        descriptions.computeIfAbsent(spec.name(), unused -> server.description());
        return server;
    }

    /**
     * Starts all servers at once in each round and does something with them, in the opposite order every other round. Who then turns from
     * one to the next within seconds compares them in the same weather; those that are not asked take no time.
     */
    void eachRoundTogether(Consumer<List<Server>> work) {
        for (int round = 1; round <= rounds; round++) {
            progress("round " + round + " of " + rounds);
            List<Server> started = new ArrayList<>();
            try {
                for (ServerSpec spec : order(round)) {
                    started.add(start(spec));
                }
                work.accept(List.copyOf(started));
            } finally {
                started.forEach(Server::close);
            }
        }
    }

    private List<ServerSpec> order(int round) {
        List<ServerSpec> order = new ArrayList<>(servers());
        if (round % 2 == 0) {
            Collections.reverse(order);
        }
        return order;
    }

    /** Starts each server in each round and does something with it; every other round in the opposite order. */
    void eachRound(Consumer<Server> work) {
        eachRound(Map.of(), work);
    }

    /** The same, with these variables in the environment of the servers. */
    void eachRound(Map<String, String> environment, Consumer<Server> work) {
        for (int round = 1; round <= rounds; round++) {
            for (ServerSpec spec : order(round)) {
                progress("round " + round + " of " + rounds + ": " + spec.name());
                try (Server server = start(spec, environment)) {
                    work.accept(server);
                }
            }
        }
    }

    static void progress(String text) {
        System.err.println(text);
    }

    /** Prints a section, and writes it into the page. */
    void publish(String section, String text, Map<String, String> plots) {
        String all = text + "\n" + circumstances() + "\n";
        System.out.println(all);
        if (!dryRun) {
            new Report(page).write(section, all, plots);
        }
    }

    private String circumstances() {
        List<String> facts = new ArrayList<>();
        facts.add(LocalDate.now(java.time.ZoneOffset.UTC).toString());
        names().stream()
                .filter(descriptions::containsKey)
                .map(descriptions::get)
                .forEach(facts::add);
        facts.add(machine());
        facts.add(isPinned() ? "server on core " + serverCores + ", load on core " + loadCores : "not pinned");
        facts.add(rounds == 1 ? "one round" : "medians of " + rounds + " rounds");
        return "*" + String.join("; ", facts) + ".*";
    }

    private static String machine() {
        return CORES + " cores" + cpuModel() + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch");
    }

    private static String cpuModel() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("model name"))
                    .findFirst()
                    .map(line -> " (" + line.substring(line.indexOf(':') + 1).strip() + ")")
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** Figures of one kind: a row for each, a column for each server and then for each ratio to the first. */
    Table comparison(String what, Samples samples, int figure) {
        List<String> names = names();
        List<String> header = new ArrayList<>(List.of(what));
        header.addAll(names);
        names.stream().skip(1).forEach(name -> header.add(name + " / " + names.get(0)));
        Table table = new Table(header);
        for (String row : samples.rows()) {
            List<String> cells = new ArrayList<>(List.of(row));
            double base = samples.median(row, names.get(0), figure);
            names.forEach(name -> cells.add(Table.figure(samples.median(row, name, figure))));
            names.stream().skip(1).forEach(name -> cells.add(Table.ratio(samples.median(row, name, figure), base)));
            table.add(cells);
        }
        return table;
    }

    static Map<String, String> plots(String... titlesAndPictures) {
        Map<String, String> plots = new LinkedHashMap<>();
        for (int i = 0; i < titlesAndPictures.length; i += 2) {
            plots.put(titlesAndPictures[i], titlesAndPictures[i + 1]);
        }
        return plots;
    }
}

package io.miniredis.bench;

import demo.tinylfu.TinyLfuPolicy;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How often a cache is hit under each eviction policy: traces are replayed by a client that sets what it misses, with room for the
 * same number of keys in each server. Beside them stand an exact LRU and the optimum for as many keys.
 */
@Command(name = "hits", description = "Hit ratios of eviction policies, beside an exact LRU's and the optimum.")
final class Hits implements Callable<Integer> {
    private static final String OPTIMUM = "optimum";
    private static final String LRU = "exact LRU";

    /** Requests of each trace, as fast as can be and at a rate, if nothing else is said. */
    private static final int REQUESTS = 500_000;

    private static final int PACED_REQUESTS = 150_000;

    /** Curves are drawn from the first requests only, as so many sizes are tried out: this part of them. */
    private static final int CURVE_PART = 3;

    /** Sizes of the cache along a curve, in percent of the different keys. */
    private static final List<Integer> CURVE_PERCENTS = List.of(4, 8, 15, 25, 40, 60);

    @Mixin
    private Setup setup = new Setup(1);

    @Option(
            names = "--policies",
            split = ",",
            paramLabel = "POLICY",
            description =
                    "A server that does not have one is left out there. Default: allkeys-lru,allkeys-lfu,allkeys-tinylfu")
    private List<String> policies = List.of("allkeys-lru", "allkeys-lfu", "allkeys-tinylfu");

    @Option(
            names = "--requests",
            paramLabel = "COUNT",
            description = "Of each trace, at the most. Default: 500000; with --rate 150000")
    private int requests;

    @Option(
            names = "--rate",
            paramLabel = "COUNT",
            description =
                    "Requests a second to each server; all servers at once then. Default: as fast as each server answers")
    private double rate;

    @Option(
            names = "--plugin",
            paramLabel = "JAR",
            description = "With more policies, for miniRedis. Default: the example TinyLFU")
    private Path plugin = jarOfTinyLfu();

    private final List<Contender> contenders = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Samples samples = new Samples();

    /** What the tables tell of a replay. */
    private record Found(double percent, double toLru, double held) {
        double[] figures() {
            return new double[] {percent, toLru, held};
        }
    }

    private static Path jarOfTinyLfu() {
        try {
            return Path.of(TinyLfuPolicy.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isPaced() {
        return rate > 0;
    }

    @Override
    public Integer call() {
        setup.pinThisProgram();
        int length = requests > 0 ? requests : isPaced() ? PACED_REQUESTS : REQUESTS;
        List<Trace> traces = Trace.all(length);
        List<Trace> ofCurves = isPaced() ? List.of() : curveTraces(Math.max(1, length / CURVE_PART));
        for (int round = 1; round <= setup.rounds(); round++) {
            Setup.progress("round " + round + " of " + setup.rounds());
            replayAll(traces, ofCurves);
        }
        setup.publish(isPaced() ? "hits-paced" : "hits", tables(traces), plots(ofCurves));
        return 0;
    }

    private static List<Trace> curveTraces(int length) {
        return List.of(Trace.zipf(0.9, length), Trace.shifting(length), Trace.recorded("web12", length));
    }

    private void replayAll(List<Trace> traces, List<Trace> ofCurves) {
        ExecutorService clients = Executors.newCachedThreadPool();
        Path plugins = folderWith(plugin);
        try {
            startContenders(plugins);
            for (Trace trace : traces) {
                replay(clients, trace, trace.cached(), trace.name());
            }
            for (Trace trace : ofCurves) {
                for (int keys : curveSizes(trace)) {
                    replay(clients, trace, keys, curveRow(trace, keys));
                }
            }
        } finally {
            contenders.forEach(Contender::close);
            contenders.clear();
            clients.shutdownNow();
            Tools.deleteFolder(plugins);
        }
    }

    private static Path folderWith(Path jar) {
        try {
            Path folder = Files.createTempDirectory("bench-plugins-");
            Files.copy(jar, folder.resolve(jar.getFileName()));
            return folder;
        } catch (IOException e) {
            throw new BenchFailure("cannot copy " + jar, e);
        }
    }

    private void startContenders(Path plugins) {
        for (ServerSpec spec : setup.servers()) {
            policies.stream()
                    .map(policy -> Contender.start(setup, spec, policy, plugins))
                    .filter(Objects::nonNull)
                    .forEach(contenders::add);
        }
        if (contenders.isEmpty()) {
            throw new BenchFailure("no server has any of the policies " + policies);
        }
        names.clear();
        contenders.forEach(contender -> names.add(contender.name()));
    }

    /** With all servers: one after the other, as each takes all it can get, unless they are paced. */
    private void replay(ExecutorService clients, Trace trace, int keys, String row) {
        Setup.progress("  " + row + ": " + Table.count(trace.requests()) + " requests");
        ExactLru lru = new ExactLru(trace);
        samples.add(row, OPTIMUM, percent(trace, Belady.hits(trace, keys)));
        samples.add(row, LRU, percent(trace, lru.hits(keys)));
        Function<Contender, Found> work = contender -> {
            CacheAside.Result result = contender.replay(trace, keys, rate);
            double toLru = (double) result.hits() / lru.hits(result.held());
            return new Found(percent(trace, result.hits()), toLru, result.held());
        };
        List<CompletableFuture<Found>> running = new ArrayList<>();
        for (Contender contender : contenders) {
            running.add(CompletableFuture.supplyAsync(() -> work.apply(contender), clients));
            if (!isPaced()) {
                add(row, contender, running.get(running.size() - 1));
            }
        }
        for (int i = 0; isPaced() && i < running.size(); i++) {
            add(row, contenders.get(i), running.get(i));
        }
    }

    private void add(String row, Contender contender, CompletableFuture<Found> running) {
        try {
            Found found = running.join();
            samples.add(row, contender.name(), found.figures());
            Setup.progress("    " + contender.name() + ": " + Table.figure(found.percent) + " % with "
                    + Table.figure(found.held) + " keys");
        } catch (CompletionException e) {
            throw e.getCause() instanceof BenchFailure failure ? failure : e;
        }
    }

    private static double percent(Trace trace, long hits) {
        return 100.0 * hits / trace.requests();
    }

    private static List<Integer> curveSizes(Trace trace) {
        return CURVE_PERCENTS.stream()
                .map(percent -> Math.max(1, trace.distinct() * percent / 100))
                .toList();
    }

    private static String curveRow(Trace trace, int keys) {
        return "curve of " + trace.name() + ", " + Table.count(keys) + " keys";
    }

    private String tables(List<Trace> traces) {
        List<String> all = new ArrayList<>(List.of(OPTIMUM, LRU));
        all.addAll(names);
        return Table.count(traces.get(0).requests()) + " requests of each trace, fewer of web12, "
                + (isPaced() ? "at " + Table.figure(rate) + " a second" : "as fast as the server answered")
                + ". Hits in percent of them:\n\n"
                + table(traces, all, 0, percent -> String.format(Locale.ROOT, "%.2f", percent), true)
                + "\nHits as a multiple of those of an exact LRU with as many keys as the server held:\n\n"
                + table(traces, names, 1, ratio -> Table.ratio(ratio, 1, 3), true)
                + "\nKeys that the server held, in the mean since it was full:\n\n"
                + table(traces, names, 2, Table::figure, false);
    }

    private String table(
            List<Trace> traces, List<String> columns, int figure, Function<Double, String> cell, boolean withMean) {
        List<String> header = new ArrayList<>(List.of("trace", "keys"));
        header.addAll(columns);
        Table table = new Table(header);
        for (Trace trace : traces) {
            List<String> row = new ArrayList<>(List.of(trace.name(), Table.count(trace.cached())));
            columns.forEach(name -> row.add(cell.apply(samples.median(trace.name(), name, figure))));
            table.add(row);
        }
        if (withMean) {
            List<String> row = new ArrayList<>(List.of("mean", ""));
            columns.forEach(name -> row.add(cell.apply(mean(traces, name, figure))));
            table.add(row);
        }
        return table.markdown();
    }

    /** Over all traces for which there is a figure. */
    private double mean(List<Trace> traces, String name, int figure) {
        return traces.stream()
                .mapToDouble(trace -> samples.median(trace.name(), name, figure))
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    private Map<String, String> plots(List<Trace> ofCurves) {
        Map<String, String> plots = new LinkedHashMap<>();
        for (Trace trace : ofCurves) {
            String title = "Hits in percent by keys in the cache: " + trace.name();
            LineChart chart = new LineChart(title, "keys in the cache", true);
            List<Double> sizes =
                    curveSizes(trace).stream().map(Integer::doubleValue).toList();
            List<String> lines = new ArrayList<>(List.of(OPTIMUM, LRU));
            lines.addAll(names);
            for (String line : lines) {
                chart.add(
                        line,
                        sizes,
                        curveSizes(trace).stream()
                                .map(keys -> samples.median(curveRow(trace, keys), line, 0))
                                .toList());
            }
            plots.put(title, chart.svg());
        }
        return plots;
    }
}

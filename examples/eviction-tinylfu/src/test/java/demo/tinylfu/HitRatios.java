package demo.tinylfu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Prints how this policy compares with an exact LRU of as many keys, on generated traces and on recorded ones. To run it:
 *
 * <pre>
 *     mvn -q test-compile -pl examples/eviction-tinylfu -am
 *     cd examples/eviction-tinylfu
 *     java -cp ../../api/target/classes:target/classes:target/test-classes demo.tinylfu.HitRatios [folder with *.trace files]
 * </pre>
 */
final class HitRatios {
    private int lines;
    private double sum;
    private double least = Double.MAX_VALUE;

    private HitRatios() {}

    /**
     * Prints the table.
     *
     * @param args the folder with recorded traces, if there are any
     * @throws IOException if they cannot be read
     */
    public static void main(String[] args) throws IOException {
        HitRatios table = new HitRatios();
        System.out.println("| trace | keys in the cache | LRU, % | tinylfu, % | ratio |");
        System.out.println("|---|---|---|---|---|");
        for (double skew : new double[] {0.7, 0.9, 1.0, 1.2}) {
            table.compare(Trace.zipf(skew, 100_000), 1000, 5000);
        }
        table.compare(Trace.loop(5500), 5000);
        table.compare(Trace.scans(0.9, 100_000, 20_000, 5000), 5000);
        table.compare(Trace.scans(0.9, 100_000, 4000, 4000), 2000);
        table.compare(Trace.shifting(0.9, 20_000, 200_000), 2000);
        table.compare(Trace.shifting(0.9, 20_000, 20_000), 2000);
        table.compare(Trace.shifting(0.9, 20_000, 5_000), 2000);
        table.compare(Trace.news(0.9, 20_000, 100), 2000);
        table.compare(Trace.news(0.9, 20_000, 10), 2000);
        table.compare(Trace.recent(5_000), 1000);
        table.compare(Trace.recent(50_000), 3000);
        for (Path file : args.length == 0 ? List.<Path>of() : tracesIn(Path.of(args[0]))) {
            Trace trace = Trace.recorded(file);
            for (int percent : new int[] {1, 2, 5, 10, 20}) {
                table.compare(trace, trace.distinct * percent / 100);
            }
        }
        System.out.printf("%nMean %.3f, least %.3f, without the loop.%n", table.sum / table.lines, table.least);
    }

    private static List<Path> tracesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".trace"))
                    .sorted()
                    .toList();
        }
    }

    private void compare(Trace trace, int... capacities) {
        for (int capacity : capacities) {
            double lru = ExactLru.replay(trace, capacity);
            double ours = new SampledCache(new TinyLfuEvictor(0), capacity, trace.distinct).replay(trace);
            System.out.printf("| %s | %d | %.2f | %.2f |", trace.name, capacity, 100 * lru, 100 * ours);
            if (lru == 0) {
                System.out.println(" |");
                continue;
            }
            double ratio = ours / lru;
            System.out.printf(" %.3f |%n", ratio);
            lines++;
            sum += ratio;
            least = Math.min(least, ratio);
        }
    }
}

package io.miniredis.engine;

import io.miniredis.api.Slice;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long the longest insertion takes while a table grows from nothing to more than ten million keys. Without a collector and
 * with a heap that is touched beforehand, so that what is seen is the table's own: the percentile 1.00 is the longest pause of
 * all insertions that were sampled. Prints how large the
 * table became.
 *
 * <pre>
 * bench/jmh KeyTableGrowthBenchmark
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 1, time = 3)
@Measurement(iterations = 1, time = 8)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:+UseEpsilonGC",
            "-Xms12g",
            "-Xmx12g",
            "-XX:+AlwaysPreTouch"
        })
public class KeyTableGrowthBenchmark {
    private static final int NAME_BYTES = 16;

    private final KeyHash hash = new KeyHash(42);
    private final Slice key = new Slice();
    private final Slice value = new Slice(new byte[32]);
    private final byte[] name = new byte[NAME_BYTES];
    private KeyTable table;
    private long number;

    /** Begins with an empty table. */
    @Setup(Level.Iteration)
    public void begin() {
        table = new KeyTable(hash::tagOf);
    }

    /** Says how far it came. */
    @TearDown(Level.Iteration)
    public void report() {
        System.out.printf("%,d keys%n", table.size());
    }

    /** Inserts a key that is not there. */
    @Benchmark
    public void insert() {
        long rest = number++;
        for (int i = NAME_BYTES - 1; i >= 0; i--) {
            name[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        int tag = hash.tagOf(name, 0, NAME_BYTES);
        table.insert(tag, table.pack(1, key.wrap(name, 0, NAME_BYTES), value), -1, 0);
    }
}

package io.miniredis.engine;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Hashing a key's name, of several lengths. The names lie at changing offsets of one buffer, as in a connection's input.
 *
 * <pre>bench/jmh KeyHashBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class KeyHashBenchmark {
    private static final int OFFSETS = 1 << 12;

    /** How many bytes a name has. */
    @Param({"4", "16", "32", "100"})
    int length;

    private final KeyHash hash = new KeyHash(42);
    private byte[] buffer;
    private int offset;

    /** Fills the buffer. */
    @Setup
    public void fill() {
        buffer = new byte[OFFSETS + length];
        new SplittableRandom(1).nextBytes(buffer);
    }

    /**
     * Hashes the next name.
     *
     * @return the hash
     */
    @Benchmark
    public long hash() {
        offset = (offset + 7) & (OFFSETS - 1);
        return hash.of(buffer, offset, length);
    }
}

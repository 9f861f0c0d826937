package io.miniredis.bench;

import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.api.eviction.Evictor;
import io.miniredis.eviction.lfu.LfuPolicy;
import io.miniredis.eviction.lru.LruPolicy;
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
 * What a policy adds to each access while it is at work, and what ranking a sampled key costs. Accesses are drawn
 * at random, evenly or so that a hundredth of the keys gets most of them.
 *
 * <pre>bench/jmh EvictorBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx2g"})
public class EvictorBenchmark {
    private static final int ACCESSES = 1 << 20;
    private static final int ONE_IN_SO_MANY_IS_HOT = 100;

    /** The policy's short name. */
    @Param({"lru", "lfu"})
    String policy;

    /** How many keys there are. */
    @Param({"1000", "1000000"})
    int keys;

    /** How many of a hundred accesses go to the hot hundredth of the keys beyond its share; 0 is even. */
    @Param({"0", "90"})
    int hotPercent;

    private long[] hashes;
    /** What the engine keeps with each key. */
    private int[] bits;
    /** Which keys are accessed, one after the other. */
    private int[] accesses;

    private Evictor evictor;
    private int at;

    /** Inserts the keys. */
    @Setup
    public void fill() {
        EvictionPolicy chosen = policy.equals("lfu") ? new LfuPolicy() : new LruPolicy();
        evictor = chosen.create(System::currentTimeMillis);
        SplittableRandom random = new SplittableRandom(1);
        hashes = random.longs(keys).toArray();
        bits = new int[keys];
        for (int key = 0; key < keys; key++) {
            bits[key] = evictor.onInsert(hashes[key]);
        }
        accesses = new int[ACCESSES];
        int hot = Math.max(1, keys / ONE_IN_SO_MANY_IS_HOT);
        for (int i = 0; i < ACCESSES; i++) {
            accesses[i] = random.nextInt(random.nextInt(100) < hotPercent ? hot : keys);
        }
    }

    private int next() {
        at = (at + 1) & (ACCESSES - 1);
        return accesses[at];
    }

    /**
     * Reports an access.
     *
     * @return the key's new bits
     */
    @Benchmark
    public int access() {
        int key = next();
        int now = evictor.onAccess(hashes[key], bits[key]);
        bits[key] = now;
        return now;
    }

    /**
     * Ranks a key.
     *
     * @return its rank
     */
    @Benchmark
    public long rank() {
        int key = next();
        return evictor.rank(hashes[key], bits[key], -1);
    }
}

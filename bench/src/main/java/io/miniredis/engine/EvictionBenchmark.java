package io.miniredis.engine;

import io.miniredis.api.Slice;
import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.api.eviction.RemovalCause;
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
 * What one eviction costs: to find the key and remove it, as a new one comes in its place. {@link #replace} is the same without a
 * choice: any key goes.
 *
 * <pre>
 * bench/jmh EvictionBenchmark -prof gc
 * bench/jmh EvictionBenchmark.evict -p samples=1,5,10,20
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx2g"})
public class EvictionBenchmark {
    private static final int NAME_BYTES = 16;

    /** The time of one run of commands, for which the engine reads the clock once. */
    private static final long NOW_MILLIS = 1_700_000_000_000L;

    private static final long EXPIRES_AT_MILLIS = 1L << 42;
    private static final long MOST_TTL_MILLIS = 1L << 30;

    /** The policy's name, as {@code maxmemory-policy} calls it. */
    @Param({"allkeys-lru", "allkeys-lfu", "allkeys-random", "volatile-ttl"})
    String policy;

    /** How many keys there are. */
    @Param({"1000", "1000000"})
    int keys;

    /** The directive {@code maxmemory-samples}. */
    @Param("5")
    int samples;

    private final Databases databases = new Databases(1, 1, 42);
    private final Shard shard = databases.shard(0);
    private final KeyTable table = shard.table(0);
    private final SplittableRandom random = new SplittableRandom(1);
    private final Slice name = new Slice(new byte[NAME_BYTES]);
    private final Slice found = new Slice();
    private final Slice value = new Slice(new byte[32]);
    private ActivePolicy active;
    private VictimSearch victims;
    private ActivePolicy any;

    /** Inserts the keys. */
    @Setup
    public void fill() {
        Settings settings = new Settings();
        settings.set("maxmemory-samples", Integer.toString(samples));
        victims = new VictimSearch(databases, settings, random);
        active = active(policyOf(policy));
        any = active(new RandomPolicy());
        for (int key = 0; key < keys; key++) {
            insert();
        }
    }

    private static EvictionPolicy policyOf(String name) {
        return switch (name) {
            case "allkeys-lru" -> new LruPolicy();
            case "allkeys-lfu" -> new LfuPolicy();
            case "allkeys-random" -> new RandomPolicy();
            default -> new VolatileTtl();
        };
    }

    private ActivePolicy active(EvictionPolicy chosen) {
        EvictionPolicy.Scope scope =
                policy.startsWith("volatile") ? EvictionPolicy.Scope.VOLATILE : EvictionPolicy.Scope.ALLKEYS;
        return new ActivePolicy(policy, chosen, scope, chosen.create(() -> NOW_MILLIS));
    }

    /** Inserts a new key with a random name. */
    private void insert() {
        for (int i = 0; i < NAME_BYTES; i++) {
            name.array()[i] = (byte) random.nextInt();
        }
        long hash = databases.hash(name);
        long expiresAtMillis = active.onlyVolatile() ? EXPIRES_AT_MILLIS + random.nextLong(MOST_TTL_MILLIS) : -1;
        table.insert(
                KeyHash.tag(hash),
                table.pack(1, name, value),
                expiresAtMillis,
                active.evictor().onInsert(hash));
    }

    private void removeFound() {
        Segment segment = victims.segment();
        int slot = victims.slot();
        long hash = databases.hash(KeyTable.key(segment, slot, found));
        active.evictor().onRemove(hash, segment.bits(slot), RemovalCause.EVICTED);
        table.remove(segment, slot);
    }

    /** Evicts the key that the policy chooses, and inserts another. */
    @Benchmark
    public void evict() {
        if (!victims.find(active, shard)) {
            throw new IllegalStateException("nothing may go");
        }
        removeFound();
        insert();
    }

    /** Removes any key, and inserts another. */
    @Benchmark
    public void replace() {
        victims.find(any, shard);
        removeFound();
        insert();
    }
}

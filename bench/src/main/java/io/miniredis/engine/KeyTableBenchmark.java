package io.miniredis.engine;

import io.miniredis.api.Slice;
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
 * The table of keys alone: finding, replacing, adding and removing one key of 16 bytes with a value of 32, in tables of several
 * sizes. The keys are asked for in random order, and all of them: the names lie one after the other in that order, so that
 * waiting for memory is waiting for the table, not for the question.
 *
 * <pre>
 * bench/jmh KeyTableBenchmark -prof gc
 * bench/jmh KeyTableBenchmark -p keys=10000000
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx6g"})
public class KeyTableBenchmark {
    private static final int NAME_BYTES = 16;
    private static final int VALUE_BYTES = 32;

    /** How many keys the table has. */
    @Param({"1000", "1000000"})
    int keys;

    private final KeyHash hash = new KeyHash(42);
    private final KeyTable table = new KeyTable(hash::tagOf);
    private final Packed packed = new Packed();
    private final Slice found = new Slice();
    private final Slice key = new Slice();
    private final Slice value = new Slice(new byte[VALUE_BYTES]);
    /** The names of all keys, in the order in which they are asked for. */
    private byte[] names;
    /** The names of as many keys that are not there. */
    private byte[] missing;

    private int at;

    /** Fills the table. */
    @Setup
    public void fill() {
        names = shuffledNames('k');
        missing = shuffledNames('m');
        for (int offset = 0; offset < names.length; offset += NAME_BYTES) {
            insert(offset);
        }
    }

    private byte[] shuffledNames(char first) {
        int[] order = new int[keys];
        SplittableRandom random = new SplittableRandom(first);
        for (int i = 0; i < keys; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        byte[] text = new byte[keys * NAME_BYTES];
        for (int i = 0; i < keys; i++) {
            int end = (i + 1) * NAME_BYTES;
            text[end - NAME_BYTES] = (byte) first;
            int number = order[i];
            for (int digit = end - 1; digit > end - NAME_BYTES; digit--) {
                text[digit] = (byte) ('0' + number % 10);
                number /= 10;
            }
        }
        return text;
    }

    private void insert(int offset) {
        int tag = hash.tagOf(names, offset, NAME_BYTES);
        table.insert(tag, table.pack(1, key.wrap(names, offset, NAME_BYTES), value), -1, 0);
    }

    private int next() {
        int offset = at;
        at = offset + NAME_BYTES == names.length ? 0 : offset + NAME_BYTES;
        return offset;
    }

    /**
     * Finds a key and reads its value.
     *
     * @return a byte of the value
     */
    @Benchmark
    public int getHit() {
        int offset = next();
        int tag = hash.tagOf(names, offset, NAME_BYTES);
        Segment segment = table.segment(tag);
        int slot = segment.find(tag, names, offset, NAME_BYTES);
        segment.occupant(slot, packed);
        packed.value(found);
        return found.byteAt(found.length() - 1);
    }

    /**
     * Looks for a key that is not there.
     *
     * @return -1
     */
    @Benchmark
    public int getMiss() {
        int offset = next();
        int tag = hash.tagOf(missing, offset, NAME_BYTES);
        return table.segment(tag).find(tag, missing, offset, NAME_BYTES);
    }

    /**
     * Finds a key and puts a new value into the place of the old one.
     *
     * @return whether it fitted
     */
    @Benchmark
    public boolean putExisting() {
        int offset = next();
        int tag = hash.tagOf(names, offset, NAME_BYTES);
        Segment segment = table.segment(tag);
        int slot = segment.find(tag, names, offset, NAME_BYTES);
        segment.occupant(slot, packed);
        return packed.overwrite(1, value);
    }

    /** Removes a key, adds it again and tidies up. */
    @Benchmark
    public void removeAndInsert() {
        int offset = next();
        int tag = hash.tagOf(names, offset, NAME_BYTES);
        Segment segment = table.segment(tag);
        table.remove(segment, segment.find(tag, names, offset, NAME_BYTES));
        insert(offset);
        table.tidy();
    }
}

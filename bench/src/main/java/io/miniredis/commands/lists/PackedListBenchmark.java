package io.miniredis.commands.lists;

import io.miniredis.api.transport.ReplyStream;
import io.miniredis.protocol.resp.Replies;
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
 * A list alone, of elements of 16 bytes, at several lengths, which stay as they are: what is pushed is popped.
 *
 * <pre>
 * bench/jmh PackedListBenchmark -prof gc
 * bench/jmh PackedListBenchmark -p length=10000000
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
public class PackedListBenchmark {
    private static final int ELEMENT_BYTES = 16;

    /** How many elements the list has. */
    @Param({"10", "1000", "1000000"})
    int length;

    private final PackedList list = new PackedList();
    private final Replies replies = new Replies();
    private final ReplyStream reply = replies.stream();
    private final byte[] element = new byte[ELEMENT_BYTES];

    /** Fills the list. */
    @Setup
    public void fill() {
        for (int i = 0; i < length; i++) {
            list.push(ListEnd.TAIL, element, 0, ELEMENT_BYTES);
        }
    }

    /**
     * A stack: pushes at the head and pops there.
     *
     * @return the first byte of the reply
     */
    @Benchmark
    public byte stack() {
        list.push(ListEnd.HEAD, element, 0, ELEMENT_BYTES);
        reply.begin();
        list.pop(ListEnd.HEAD, reply);
        return replies.discard();
    }

    /**
     * A queue: pushes at the head and pops at the tail.
     *
     * @return the first byte of the reply
     */
    @Benchmark
    public byte queue() {
        list.push(ListEnd.HEAD, element, 0, ELEMENT_BYTES);
        reply.begin();
        list.pop(ListEnd.TAIL, reply);
        return replies.discard();
    }

    /**
     * Asks how long the list is and what it weighs.
     *
     * @return the sum
     */
    @Benchmark
    public long sizeAndWeight() {
        return list.size() + list.memoryBytes();
    }
}

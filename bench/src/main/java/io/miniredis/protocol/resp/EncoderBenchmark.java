package io.miniredis.protocol.resp;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Writing replies: sixteen of a kind, as for a pipeline, then handing the chunks over and getting them back. The time is that of
 * all sixteen.
 *
 * <pre>bench/jmh EncoderBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class EncoderBenchmark {

    /** What a reply can be. */
    public enum Kind {
        /** {@code +OK}. */
        OK,
        /** A number of one digit. */
        SMALL_INTEGER,
        /** A number of seven digits. */
        INTEGER,
        /** No value. */
        NIL,
        /** 32 bytes. */
        BULK,
        /** 16 KB, which does not fit into what is left of a chunk. */
        LARGE_BULK,
        /** A hundred times 16 bytes. */
        ARRAY_100
    }

    private static final int REPLIES = 16;
    private static final int ELEMENTS = 100;

    /** What is written. */
    @Param
    Kind kind;

    private final Replies replies = new Replies();
    private final ReplyWriter writer = (ReplyWriter) replies.stream();
    private final byte[] bytes = new byte[16 * 1024];

    /**
     * Writes the replies of one pipeline.
     *
     * @return the first byte
     */
    @Benchmark
    public byte pipeline() {
        for (int i = 0; i < REPLIES; i++) {
            writer.begin();
            write(i);
            if (!writer.isComplete()) {
                throw new AssertionError("an incomplete reply");
            }
        }
        return replies.discard();
    }

    private void write(int i) {
        switch (kind) {
            case OK -> writer.ok();
            case SMALL_INTEGER -> writer.integer(i & 7);
            case INTEGER -> writer.integer(1_234_567 + i);
            case NIL -> writer.nil();
            case BULK -> writer.bulk(bytes, i, 32);
            case LARGE_BULK -> writer.bulk(bytes, 0, bytes.length);
            case ARRAY_100 -> {
                writer.array(ELEMENTS);
                for (int element = 0; element < ELEMENTS; element++) {
                    writer.bulk(bytes, element, 16);
                }
            }
        }
    }
}

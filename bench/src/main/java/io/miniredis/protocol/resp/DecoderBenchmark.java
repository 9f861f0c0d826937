package io.miniredis.protocol.resp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.miniredis.api.transport.RequestBatch;
import java.io.ByteArrayOutputStream;
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
 * Finding the requests of one read: a pipeline that came whole, or in two pieces cut in the middle of a request. The time is that
 * of the whole pipeline.
 *
 * <pre>bench/jmh DecoderBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class DecoderBenchmark {

    /** What is asked. */
    public enum Kind {
        /** One argument of four bytes. */
        PING,
        /** A key of 16 bytes. */
        GET,
        /** A key of 16 bytes and a value of 32. */
        SET,
        /** A key of 16 bytes and a value of 1000, whose length is not of the short kind. */
        SET_1000,
        /** Ten keys of 16 bytes and values of 32. */
        MSET_10,
        /** A line typed by hand. */
        INLINE
    }

    /** The requests' kind. */
    @Param
    Kind kind;

    /** How many requests come together. */
    @Param({"1", "16", "64"})
    int pipeline;

    private final RequestDecoder decoder = new RequestDecoder(() -> 512L << 20);
    private final RequestBatch batch = new RequestBatch();
    private byte[] input;

    /** Writes the requests. */
    @Setup
    public void fill() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < pipeline; i++) {
            bytes.writeBytes(request(i));
        }
        input = bytes.toByteArray();
    }

    private byte[] request(int number) {
        return switch (kind) {
            case PING -> array("PING");
            case GET -> array("GET", key(number));
            case SET -> array("SET", key(number), "v".repeat(32));
            case SET_1000 -> array("SET", key(number), "v".repeat(1000));
            case MSET_10 -> mset(number);
            case INLINE -> ("SET " + key(number) + " value\r\n").getBytes(US_ASCII);
        };
    }

    private static byte[] mset(int number) {
        String[] arguments = new String[21];
        arguments[0] = "MSET";
        for (int i = 0; i < 10; i++) {
            arguments[1 + 2 * i] = key(number * 10 + i);
            arguments[2 + 2 * i] = "v".repeat(32);
        }
        return array(arguments);
    }

    private static String key(int number) {
        return "key:" + (100_000_000_000L + number);
    }

    private static byte[] array(String... arguments) {
        StringBuilder request = new StringBuilder("*" + arguments.length + "\r\n");
        for (String argument : arguments) {
            request.append('$').append(argument.length()).append("\r\n");
            request.append(argument).append("\r\n");
        }
        return request.toString().getBytes(US_ASCII);
    }

    /**
     * Decodes a pipeline that came in one piece.
     *
     * @return how many requests were found
     * @throws ProtocolException never
     */
    @Benchmark
    public int whole() throws ProtocolException {
        batch.clear(input);
        decoder.decode(input, input.length, batch, true);
        return done();
    }

    /**
     * Decodes a pipeline that came in two pieces.
     *
     * @return how many requests were found
     * @throws ProtocolException never
     */
    @Benchmark
    public int inTwo() throws ProtocolException {
        batch.clear(input);
        decoder.decode(input, input.length / 2 + 3, batch, true);
        decoder.decode(input, input.length, batch, true);
        return done();
    }

    private int done() {
        decoder.moved(decoder.consumed());
        if (batch.size() != pipeline) {
            throw new AssertionError(batch.size() + " requests found");
        }
        return batch.size();
    }
}

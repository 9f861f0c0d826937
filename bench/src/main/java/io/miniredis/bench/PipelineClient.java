package io.miniredis.bench;

import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Many connections to one server, driven by one thread, that take as little time as possible themselves: each sends pipelines of requests
 * that were made beforehand, one after the other, and counts the bytes of the replies without looking at them. So all replies have to be
 * of the same length.
 */
final class PipelineClient implements AutoCloseable {
    /** How many pipelines each connection has; they are sent in turn. */
    private static final int PIPELINES = 16;

    private static final int PATIENCE_MILLIS = 10_000;
    private static final int READ_BYTES = 1 << 18;

    /** A connection, with one pipeline under way. */
    private final class Lane {
        private final SocketChannel channel;
        private final ByteBuffer[] pipelines = new ByteBuffer[PIPELINES];
        private int current;
        private SelectionKey key;
        /** How many bytes of replies are to come. */
        private long missing;

        Lane(SocketChannel channel, Supplier<byte[]> requests) {
            this.channel = channel;
            for (int i = 0; i < PIPELINES; i++) {
                pipelines[i] = pipelineOf(requests);
            }
        }

        private ByteBuffer pipelineOf(Supplier<byte[]> requests) {
            List<byte[]> all = new ArrayList<>();
            int bytes = 0;
            for (int i = 0; i < pipeline; i++) {
                byte[] request = requests.get();
                all.add(request);
                bytes += request.length;
            }
            ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
            all.forEach(buffer::put);
            return buffer;
        }

        void askNext() throws IOException {
            current = (current + 1) % PIPELINES;
            pipelines[current].rewind();
            missing = pipeline * replyBytes;
            write();
        }

        /** Sends what is left of the pipeline, as far as the socket takes it. */
        void write() throws IOException {
            ByteBuffer out = pipelines[current];
            channel.write(out);
            key.interestOps(out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }

        /** Reads what has come. Returns whether all replies are there. */
        boolean read() throws IOException {
            int count = channel.read(in.clear());
            if (count < 0) {
                throw new EOFException("the server closed the connection");
            }
            missing -= count;
            if (missing < 0) {
                throw new BenchFailure("replies are longer than they should be");
            }
            return missing == 0;
        }
    }

    /** What was found: replies, of all and a second, and microseconds of processor time that each took this client. */
    record Result(long answered, double answeredPerSecond, double cpuMicros) {}

    private final int pipeline;
    private final long replyBytes;
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);
    private final Selector selector;
    private final List<Lane> lanes = new ArrayList<>();
    private long answered;
    private boolean isEnding;
    private int underWay;

    /**
     * Connects.
     *
     * @param pipeline how many requests are sent at once
     * @param requests makes each of them
     * @param replyBytes the length of a reply
     */
    PipelineClient(int port, int connections, int pipeline, Supplier<byte[]> requests, long replyBytes)
            throws IOException {
        this.pipeline = pipeline;
        this.replyBytes = replyBytes;
        selector = Selector.open();
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = Sockets.connect(port);
            Lane lane = new Lane(channel, requests);
            lane.key = channel.register(selector, 0, lane);
            lanes.add(lane);
        }
    }

    /** Requests that are copies of one, with a number of twelve digits in it, or several, that are each time others. */
    static Supplier<byte[]> withRandomNumbers(byte[] request, long below) {
        List<Integer> numbers = Keys.numbersIn(request);
        SplittableRandom random = new SplittableRandom(9);
        return () -> {
            byte[] copy = request.clone();
            numbers.forEach(at -> Keys.putNumber(copy, at, random.nextLong(below)));
            return copy;
        };
    }

    /** Drives all connections as fast as the server answers, and waits for the replies to all that was sent. */
    Result run(double seconds) throws IOException {
        answered = 0;
        isEnding = false;
        double cpuBefore = cpuMicros();
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * 1e9);
        for (Lane lane : lanes) {
            lane.askNext();
        }
        underWay = lanes.size();
        while (underWay > 0) {
            if (selector.select(this::proceed, PATIENCE_MILLIS) == 0) {
                throw new BenchFailure("no reply for " + PATIENCE_MILLIS + " ms");
            }
            isEnding = System.nanoTime() - end > 0;
        }
        double elapsed = (System.nanoTime() - begin) / 1e9;
        return new Result(answered, answered / elapsed, (cpuMicros() - cpuBefore) / answered);
    }

    /** The processor time that this thread has used so far. */
    private static double cpuMicros() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e3;
    }

    private void proceed(SelectionKey key) {
        Lane lane = (Lane) key.attachment();
        try {
            if (key.isWritable()) {
                lane.write();
            }
            if (key.isReadable() && lane.read()) {
                answered += pipeline;
                if (isEnding) {
                    underWay--;
                } else {
                    lane.askNext();
                }
            }
        } catch (IOException e) {
            throw new BenchFailure("a connection failed", e);
        }
    }

    @Override
    public void close() {
        Sockets.close(selector);
    }
}

package io.miniredis.bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * Many connections to one server, driven by one thread. Each has at most one request under way. They can be driven in two ways:
 *
 * <ul>
 *   <li>An open loop: requests are due at moments drawn beforehand, at a fixed mean rate and independent of each other (a Poisson
 *       process), whether or not the server has answered earlier ones. A request goes out on any connection that waits for
 *       nothing; if there is none it goes out late. Its latency counts from the moment it was due, so that a stall is felt not
 *       only by the requests that met it. The same seed gives each server the same requests at the same moments.
 *   <li>A closed loop: each connection asks again as soon as it was answered.
 * </ul>
 *
 * <p>The thread spins while something is due soon: it needs a core of its own.
 */
final class LoadClient implements AutoCloseable {
    /** Further away than this, what is due next is waited for. */
    private static final long SPIN_NANOS = 2_000_000;

    /** How long to wait for any reply before looking at the clock again. */
    private static final long PATIENCE_MILLIS = 100;

    /** What is asked, about random keys. */
    enum Question {
        /** Sets a key to 32 bytes. */
        SET,
        /** Gets a key that is there. */
        GET;

        private byte[] request() {
            return switch (this) {
                case SET -> RespClient.request("SET", Keys.KEY, "v".repeat(32));
                case GET -> RespClient.request("GET", Keys.KEY);
            };
        }
    }

    /** A connection, with at most one request under way. */
    private final class Lane {
        private final SocketChannel channel;
        private final ByteBuffer out;
        private final ByteBuffer in = ByteBuffer.allocateDirect(1024);
        /** When the request under way was due. */
        private long dueNanos;

        Lane(SocketChannel channel) {
            this.channel = channel;
            out = ByteBuffer.allocateDirect(request.length).put(request);
        }

        void ask(long due) throws IOException {
            dueNanos = due;
            Keys.putNumber(number, 0, numbers.getAsLong());
            out.clear().position(numberAt);
            out.put(number).rewind().limit(request.length);
            while (out.hasRemaining()) {
                channel.write(out);
            }
            in.clear();
        }

        /** Whether the whole reply is there. */
        boolean read() throws IOException {
            if (channel.read(in) < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (in.position() > 0 && in.get(0) == '-') {
                throw new BenchFailure("the server answered with an error");
            }
            return isWhole();
        }

        /** A reply is a line; a bulk is followed by another one, and none of ours contains a line break. */
        private boolean isWhole() {
            int last = in.position() - 1;
            if (last < 1 || in.get(last) != '\n') {
                return false;
            }
            boolean isBulk = in.get(0) == '$' && in.get(1) != '-';
            return !isBulk || firstLineEnd() < last;
        }

        private int firstLineEnd() {
            int at = 0;
            while (in.get(at) != '\n') {
                at++;
            }
            return at;
        }
    }

    /** What was found: latencies in nanoseconds, and how many requests a second were answered. */
    record Result(Histogram latencies, double answeredPerSecond) {}

    private final byte[] request;
    /** Where the number of the key is in it. */
    private final int numberAt;
    /** The digits of a key. */
    private final byte[] number = new byte[Keys.NUMBER.length()];

    private final LongSupplier numbers;
    private final SplittableRandom random = new SplittableRandom(7);
    private final Selector selector;
    private final List<Lane> lanes = new ArrayList<>();
    /** Those that wait for nothing, in no order. */
    private final List<Lane> idle = new ArrayList<>();

    private Histogram histogram = new Histogram();

    LoadClient(int port, Question question, long keys, int connections) throws IOException {
        this(port, question.request(), randomBelow(keys), connections);
    }

    private static LongSupplier randomBelow(long keys) {
        SplittableRandom random = new SplittableRandom(8);
        return () -> random.nextLong(keys);
    }

    /**
     * Connects.
     *
     * @param request with a number of twelve digits in it
     * @param numbers what takes its place each time
     */
    LoadClient(int port, byte[] request, LongSupplier numbers, int connections) throws IOException {
        this.request = request;
        this.numbers = numbers;
        numberAt = Keys.numberIn(request);
        selector = Selector.open();
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = Sockets.connect(port);
            Lane lane = new Lane(channel);
            lanes.add(lane);
            idle.add(lane);
            channel.register(selector, SelectionKey.OP_READ, lane);
        }
    }

    /** Drives all connections as fast as the server answers. */
    Result saturate(double seconds) throws IOException {
        histogram = new Histogram();
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * 1e9);
        long now = begin;
        while (now - end < 0) {
            while (!idle.isEmpty()) {
                idle.remove(idle.size() - 1).ask(now);
            }
            selector.select(this::receive, PATIENCE_MILLIS);
            now = System.nanoTime();
        }
        double answeredPerSecond = histogram.total() / ((now - begin) / 1e9);
        awaitReplies(now + (long) (seconds * 1e9) + 1_000_000_000L);
        return new Result(histogram, answeredPerSecond);
    }

    private void awaitReplies(long giveUp) throws IOException {
        while (idle.size() < lanes.size() && System.nanoTime() - giveUp < 0) {
            selector.select(this::receive, PATIENCE_MILLIS);
        }
    }

    /** Sends requests for some time at a mean rate, and waits for the replies to all of them, but not much longer. */
    Result run(double perSecond, double seconds) throws IOException {
        histogram = new Histogram();
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * 1e9);
        long giveUp = end + (long) (seconds * 1e9) + 1_000_000_000L;
        double gapNanos = 1e9 / perSecond;
        double due = begin + gap(gapNanos);
        while (true) {
            long now = System.nanoTime();
            while (due <= now && due < end && !idle.isEmpty()) {
                idle.remove(idle.size() - 1).ask((long) due);
                due += gap(gapNanos);
            }
            boolean allAnswered = due >= end && idle.size() == lanes.size();
            if (allAnswered || now > giveUp) {
                break;
            }
            boolean soon = due - now < SPIN_NANOS || idle.isEmpty();
            if (soon) {
                selector.selectNow(this::receive);
            } else {
                selector.select(this::receive, 1);
            }
        }
        return new Result(histogram, histogram.total() / ((System.nanoTime() - begin) / 1e9));
    }

    private double gap(double meanNanos) {
        return -Math.log(1 - random.nextDouble()) * meanNanos;
    }

    private void receive(SelectionKey key) {
        Lane lane = (Lane) key.attachment();
        try {
            if (lane.read()) {
                histogram.add(System.nanoTime() - lane.dueNanos);
                idle.add(lane);
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

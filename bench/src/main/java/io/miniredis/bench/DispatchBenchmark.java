package io.miniredis.bench;

import io.miniredis.api.transport.RequestBatch;
import io.miniredis.api.transport.Session;
import io.miniredis.engine.Engine;
import io.miniredis.engine.Settings;
import io.miniredis.engine.Ticker;
import io.miniredis.protocol.resp.Replies;
import java.nio.file.Path;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The engine without sockets: {@link Session#execute} of a batch, with the real encoder behind it. The time is that of the whole
 * batch; {@code gc.alloc.rate.norm} is zero where the server makes no garbage. Each request names another key, in random order,
 * until all keys have had their turn. Laying the requests out in the batch is part of the time, a few nanoseconds for each.
 *
 * <pre>
 * bench/jmh DispatchBenchmark -prof gc
 * bench/jmh DispatchBenchmark -p command=GET_HIT,SET -p batch=16 -p keys=10000000
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
public class DispatchBenchmark {
    private static final int LISTS = 1000;
    private static final int LIST_LENGTH = 100;

    /** What is asked. */
    public enum Command {
        /** No key. */
        PING,
        /** A key that is there. */
        GET_HIT,
        /** A key that is not. */
        GET_MISS,
        /** Another value for a key that is there. */
        SET,
        /** A counter that is there. */
        INCR,
        /** The same counter each time. */
        INCR_SAME,
        /** A push, then a pop of the same list, and so on. */
        LPUSH_LPOP,
        /** A push onto the same list each time, which gets as long as it has to. */
        LPUSH_SAME,
        /** All hundred elements of a list. */
        LRANGE_100,
        /** Ten keys that are there. */
        MSET_10;

        Requests requests(int keys) {
            return switch (this) {
                case PING -> Requests.of(1, "PING");
                case GET_HIT -> Requests.of(keys, "GET", Requests.KEY);
                case GET_MISS -> Requests.of(keys, "GET", "no" + Requests.KEY);
                case SET -> Requests.of(keys, "SET", Requests.KEY, Requests.VALUE);
                case INCR -> Requests.of(keys, "INCR", Requests.KEY);
                case INCR_SAME -> Requests.of(1, "INCR", Requests.KEY);
                case LPUSH_SAME -> Requests.of(1, "LPUSH", Requests.KEY, Requests.VALUE);
                case LPUSH_LPOP ->
                    Requests.of(LISTS, "LPUSH", Requests.KEY, Requests.ELEMENT).alternatingWith("LPOP", 1);
                case LRANGE_100 -> Requests.of(LISTS, "LRANGE", Requests.KEY, "0", "99");
                case MSET_10 -> Requests.repeating(10, keys, "MSET", Requests.KEY, Requests.VALUE);
            };
        }
    }

    /** The requests. */
    @Param
    Command command;

    /** How many requests come together. */
    @Param({"1", "16", "64"})
    int batch;

    /** How many keys there are; lists are always a thousand. */
    @Param({"1000", "1000000"})
    int keys;

    private final Replies replies = new Replies();
    private Engine engine;
    private Session session;
    private Requests requests;

    /** Starts an engine and fills it with what the command needs. */
    @Setup
    public void start() {
        Settings settings = new Settings();
        settings.set("io-threads", "1");
        engine = new Engine(settings, Ticker.system(), new NoHost());
        engine.start(Path.of("no", "plugins"));
        session = engine.connected(new NoConnection());
        fill();
        requests = command.requests(keys);
        if (runBatch() == '-') {
            throw new IllegalStateException(command + " was refused");
        }
    }

    private void fill() {
        switch (command) {
            case INCR, INCR_SAME -> run(Requests.of(keys, "SET", Requests.KEY, "1000"));
            case LPUSH_LPOP, LPUSH_SAME, LRANGE_100 -> {
                Requests pushes = Requests.of(LISTS, "LPUSH", Requests.KEY, Requests.ELEMENT);
                for (int i = 0; i < LIST_LENGTH; i++) {
                    run(pushes);
                }
            }
            default -> run(Requests.of(keys, "SET", Requests.KEY, Requests.VALUE));
        }
    }

    /** Runs each of these requests once. */
    private void run(Requests once) {
        for (int done = 0; done < once.size(); done++) {
            session.execute(once.next(1), 0, replies.stream());
            replies.discard();
        }
    }

    /** Stops the engine. */
    @TearDown
    public void stop() {
        session.disconnected();
        engine.close();
    }

    /**
     * Runs the next batch.
     *
     * @return the first byte of the replies
     */
    @Benchmark
    public byte runBatch() {
        RequestBatch next = requests.next(batch);
        int from = 0;
        byte beginning = 0;
        while (from < batch) {
            from = session.execute(next, from, replies.stream());
            beginning = replies.discard();
        }
        return beginning;
    }
}

package io.miniredis.testkit;

import io.miniredis.engine.Engine;
import io.miniredis.engine.Host;
import io.miniredis.engine.Settings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A whole server in this JVM, but for its sockets: the engine, all providers on the module path or class path, and for
 * each client a real decoder and a real encoder. Time stands still until {@link #advance} moves it.
 */
public final class TestServer implements AutoCloseable {
    /** Few, but more than one: so that keys of one command lie in different shards, on every machine alike. */
    private static final String IO_THREADS = "2";

    private final ManualTicker ticker = new ManualTicker();
    private final TestHost host = new TestHost();
    private final Settings settings = new Settings();
    private final Engine engine;
    private int clients;

    private TestServer(String[] directives) {
        settings.set("io-threads", IO_THREADS);
        for (int i = 0; i < directives.length; i += 2) {
            settings.set(directives[i], directives[i + 1]);
        }
        engine = new Engine(settings, ticker, host);
        engine.start(Path.of("no-plugins"));
    }

    /**
     * Starts a server.
     *
     * @param directives names and values in turn, such as {@code "maxmemory", "1mb"}
     * @return a server at work
     */
    public static TestServer start(String... directives) {
        return new TestServer(directives);
    }

    /**
     * Connects a client.
     *
     * @return a client that speaks RESP2
     * @throws IllegalStateException if the server refuses it
     */
    public TestClient connect() {
        clients++;
        return new TestClient(engine, clients, settings::maxBulkBytes);
    }

    /**
     * Lets time pass. Clients whose waiting is over by then are answered.
     *
     * @param time how much
     */
    public void advance(Duration time) {
        ticker.advance(time);
        engine.timeOutWaiters();
    }

    /**
     * Puts the wall clock forward or back, as a clock may be put that shows what people call time; no time passes.
     *
     * @param millis milliseconds since the epoch
     */
    public void setMillis(long millis) {
        ticker.setMillis(millis);
    }

    /**
     * The server's wall clock.
     *
     * @return milliseconds since the epoch
     */
    public long nowMillis() {
        return ticker.millis();
    }

    /**
     * Whether a command has asked the program to stop.
     *
     * @return true after SHUTDOWN
     */
    public boolean isShutDown() {
        return host.shutDown;
    }

    /** Stops the server. Its clients must not be used any more. */
    @Override
    public void close() {
        engine.close();
    }

    private static final class TestHost implements Host {
        private volatile boolean shutDown;

        @Override
        public void shutdown() {
            shutDown = true;
        }

        @Override
        public int port() {
            return 0;
        }

        @Override
        public String configFile() {
            return "";
        }
    }
}

package io.miniredis.testkit;

import io.miniredis.api.CommandHandler;
import io.miniredis.api.Plugin;
import io.miniredis.api.ValueType;
import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.engine.Engine;
import io.miniredis.engine.Host;
import io.miniredis.engine.Settings;
import io.miniredis.engine.StoredBytes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole server in this JVM, but for its sockets: the engine, all providers on the module path or class path, those that a
 * test gives, and for each client a real decoder and a real encoder. Time stands still until {@link #advance} moves it.
 *
 * <pre>
 *   try (TestServer server = TestServer.setup().add(new Hello()).set("maxmemory", "1mb").start()) {
 *       TestClient client = server.connect();
 *       assertEquals("'Hello, World'", client.send("DEMO.HELLO", "World"));
 *   }
 * </pre>
 */
public final class TestServer implements AutoCloseable {
    /** Few, but more than one: so that keys of one command lie in different shards, on every machine alike. */
    private static final String IO_THREADS = "2";

    private final ManualTicker ticker = new ManualTicker();
    private final TestHost host = new TestHost();
    private final Settings settings = new Settings();
    private final Engine engine;
    private int clients;

    private TestServer(Setup setup) {
        settings.set("io-threads", IO_THREADS);
        setup.directives.forEach(settings::set);
        engine = new Engine(settings, ticker, host);
        setup.commands.forEach(engine::add);
        setup.types.forEach(engine::add);
        setup.policies.forEach(engine::add);
        engine.start(setup.plugins);
    }

    /**
     * Starts a server with the providers that there are.
     *
     * @param directives names and values in turn, such as {@code "maxmemory", "1mb"}
     * @return a server at work
     */
    public static TestServer start(String... directives) {
        Setup setup = setup();
        for (int i = 0; i < directives.length; i += 2) {
            setup.set(directives[i], directives[i + 1]);
        }
        return setup.start();
    }

    /**
     * Begins to describe a server.
     *
     * @return what makes one with the providers that there are, unless it is told otherwise
     */
    public static Setup setup() {
        return new Setup();
    }

    /** What a server is to be like. */
    public static final class Setup {
        private final Map<String, String> directives = new LinkedHashMap<>();
        private final List<CommandHandler> commands = new ArrayList<>();
        private final List<ValueType<?>> types = new ArrayList<>();
        private final List<EvictionPolicy> policies = new ArrayList<>();
        private Path plugins = Path.of("no-plugins");

        private Setup() {}

        /**
         * Adds a command, in the place of a provided one of the same name. It need not be a service.
         *
         * @param handler the command
         * @return this setup
         */
        public Setup add(CommandHandler handler) {
            commands.add(handler);
            return this;
        }

        /**
         * Adds a type, in the place of a provided one of the same name. It need not be a service.
         *
         * @param type the type
         * @return this setup
         */
        public Setup add(ValueType<?> type) {
            types.add(type);
            return this;
        }

        /**
         * Adds a policy, in the place of a provided one of the same name. It need not be a service.
         *
         * @param policy the policy
         * @return this setup
         */
        public Setup add(EvictionPolicy policy) {
            policies.add(policy);
            return this;
        }

        /**
         * Sets a directive.
         *
         * @param directive its name, such as {@code maxmemory}
         * @param value its value, as in a configuration file
         * @return this setup
         */
        public Setup set(String directive, String value) {
            directives.put(directive, value);
            return this;
        }

        /**
         * Says where plugins lie. There are none if this is never called.
         *
         * @param folder a folder of jars, and of folders of jars
         * @return this setup
         */
        public Setup plugins(Path folder) {
            plugins = folder;
            return this;
        }

        /**
         * Starts a server.
         *
         * @return a server at work
         * @throws IllegalArgumentException if a directive does not take its value, or two providers have the same name
         */
        public TestServer start() {
            return new TestServer(this);
        }
    }

    /** The plugins that were unloaded and are not collected. */
    List<String> remainders() {
        return engine.remainders();
    }

    /** All that is stored. */
    Contents contents() {
        return new Contents(engine.contents());
    }

    /**
     * What all keys, values and tables occupy, by the server's account and weighed object by object. The packages of the engine and of
     * the values must be open to this module, as they are on the class path.
     *
     * @return both, of the same moment
     */
    public MemoryAccount memory() {
        StoredBytes bytes = engine.weigh(ObjectGraph::bytes);
        return new MemoryAccount(bytes.accountedBytes(), bytes.weighedBytes());
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
     * Takes in a plugin, as if it had been loaded from a jar.
     *
     * @param name the plugin's name
     * @param plugin what it does and provides
     * @throws IllegalStateException if it refuses to start
     */
    public void install(String name, Plugin plugin) {
        try {
            engine.install(name, plugin);
        } catch (Exception e) {
            throw new IllegalStateException("plugin " + name, e);
        }
    }

    /**
     * Lets time pass. Clients whose waiting is over by then are answered, and periodic tasks of plugins that are due have run, each
     * once.
     *
     * @param time how much
     */
    public void advance(Duration time) {
        ticker.advance(time);
        engine.timeOutWaiters();
        engine.runDueTasks();
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

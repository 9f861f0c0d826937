package io.miniredis.app;

import io.miniredis.engine.Engine;
import io.miniredis.engine.Host;
import io.miniredis.engine.Settings;
import io.miniredis.engine.Ticker;
import io.miniredis.protocol.resp.RespOptions;
import io.miniredis.protocol.resp.RespServer;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine and the sockets, joined: started once, stopped once. */
final class Server implements Host, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    /** How long clients may take to read what they were already answered. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Configuration configuration;
    private final Runnable stopProgram;
    private final Engine engine;
    private final RespServer sockets;
    /** Null while there are none. */
    private volatile MetricsServer metrics;
    /** 0 until the server listens. */
    private volatile int port;

    /**
     * Creates a stopped server.
     *
     * @param stopProgram called when a client asks for a stop; returns at once
     */
    Server(Configuration configuration, Runnable stopProgram) {
        this.configuration = configuration;
        this.stopProgram = stopProgram;
        engine = new Engine(configuration.settings(), Ticker.system(), this);
        engine.configurePlugins(configuration.plugins());
        configuration.users().forEach(user -> engine.configureUser(user.place(), user.words()));
        sockets = new RespServer(socketOptions(configuration.settings(), engine), engine);
    }

    private static RespOptions socketOptions(Settings settings, Engine engine) {
        return RespOptions.builder()
                .addresses(List.of(settings.get("bind").trim().split("\\s+", -1)))
                .port((int) settings.number("port"))
                .ioThreads((int) settings.number("io-threads"))
                .idleTimeoutSeconds(settings::timeoutSeconds)
                .keepAliveSeconds(() -> (int) settings.number("tcp-keepalive"))
                .maxBulkBytes(settings::maxBulkBytes)
                .maxBufferBytes(engine::maxBufferBytes)
                .build();
    }

    /**
     * Finds the commands, then lets clients in.
     *
     * @throws StartFailure if something that was configured is not possible
     */
    void start() throws StartFailure {
        LOG.info(
                "miniRedis {} on Java {}, PID {}",
                Version.number(),
                Runtime.version(),
                ProcessHandle.current().pid());
        configuration.warnings().forEach(LOG::warn);
        startEngine(PluginFolder.of(configuration));
        startMetrics(configuration.settings());
        try {
            sockets.start();
        } catch (IOException e) {
            throw StartFailure.failure(configuration.origin("bind") + ", " + configuration.origin("port")
                    + ": cannot listen (" + e.getMessage() + ")");
        }
        port = sockets.port();
        LOG.info(
                "Ready to accept connections on {}",
                sockets.addresses().stream().map(Server::text).collect(Collectors.joining(", ")));
    }

    private void startEngine(Path plugins) throws StartFailure {
        try {
            engine.start(plugins);
        } catch (IllegalArgumentException e) {
            // Which policies there are is known only now. Any other contradiction is between modules, not in what was
            // configured.
            String unfitPolicy = "maxmemory-policy '" + configuration.settings().get("maxmemory-policy") + "': ";
            throw e.getMessage().startsWith(unfitPolicy)
                    ? configuration.refuse("maxmemory-policy", e.getMessage().substring(unfitPolicy.length()))
                    : StartFailure.failure(e.getMessage());
        }
    }

    private void startMetrics(Settings settings) throws StartFailure {
        int metricsPort = (int) settings.number("metrics-port");
        if (metricsPort == 0) {
            return;
        }
        try {
            InetAddress address = InetAddress.getByName(settings.get("metrics-bind"));
            metrics = new MetricsServer(new InetSocketAddress(address, metricsPort), engine::metrics);
        } catch (IOException e) {
            throw StartFailure.failure(configuration.origin("metrics-bind") + ", "
                    + configuration.origin("metrics-port") + ": cannot listen (" + e.getMessage() + ")");
        }
        metrics.start();
        LOG.info("Metrics are at http://{}/", text(metrics.address()));
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return address.getAddress() instanceof Inet6Address
                ? "[" + host.replaceFirst("(^|:)0(:0)+(:|$)", "::") + "]:" + address.getPort()
                : host + ":" + address.getPort();
    }

    /** Stops accepting, finishes what is in flight, and gives everything back. Does nothing where nothing was started. */
    @Override
    public void close() {
        sockets.close(GRACE);
        if (metrics != null) {
            metrics.close();
        }
        engine.close();
    }

    @Override
    public void shutdown() {
        stopProgram.run();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String configFile() {
        return configuration.file();
    }

    @Override
    public void rewriteConfigFile() throws IOException {
        ConfigRewriter.rewrite(configuration.file(), configuration.settings(), engine.userLines());
    }
}

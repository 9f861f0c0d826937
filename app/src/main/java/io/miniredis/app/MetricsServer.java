package io.miniredis.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.miniredis.engine.Metrics;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's numbers over HTTP: for Prometheus, for people, and the JSON that the people's page reads. Who sends a request slowly, or too
 * much of it, is cut off by the limits below. That takes a thread for so long, and the time of who waits for one counts too, so there are a
 * few, but no more than so many.
 */
final class MetricsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);

    /** The JDK's server reads these once, before it serves anything. Whoever has set one keeps it. Times in seconds. */
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "5",
            "sun.net.httpserver.maxRspTime", "10",
            "sun.net.httpserver.maxReqHeaders", "64",
            "sun.net.httpserver.maxReqHeaderSize", "16384",
            "sun.net.httpserver.maxIdleConnections", "16",
            "jdk.httpserver.maxConnections", "64",
            "sun.net.httpserver.nodelay", "true");

    private static final int THREADS = 4;
    private static final long IDLE_SECONDS = 10;

    private final Supplier<Metrics> source;
    private final MetricsPage page = MetricsPage.load();
    private final HttpServer http;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), MetricsServer::daemon);

    /**
     * Takes the address; answers from {@link #start} on.
     *
     * @param source of the numbers, asked anew for each request
     * @throws IOException if the address cannot be had
     */
    MetricsServer(InetSocketAddress address, Supplier<Metrics> source) throws IOException {
        this.source = source;
        LIMITS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        http = HttpServer.create(address, 0);
        http.createContext("/", this::handle);
        threads.allowCoreThreadTimeOut(true);
        http.setExecutor(threads);
    }

    private static Thread daemon(Runnable task) {
        Thread daemon = new Thread(task, "miniredis-metrics");
        daemon.setDaemon(true);
        return daemon;
    }

    /** Begins to answer. */
    void start() {
        http.start();
    }

    InetSocketAddress address() {
        return http.getAddress();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            answer(exchange);
        } catch (IOException e) {
            LOG.debug("Somebody who asked for metrics is gone", e);
        } catch (RuntimeException e) {
            LOG.error("Metrics cannot be shown", e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        Headers headers = exchange.getResponseHeaders();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            headers.set("Allow", "GET, HEAD");
            send(exchange, 405, "text/plain; charset=utf-8", "Only GET and HEAD\n");
            return;
        }
        switch (String.valueOf(exchange.getRequestURI().getRawPath())) { // there are URIs without a path
            case "/metrics" -> send(exchange, 200, PrometheusText.CONTENT_TYPE, MetricsText.of(source.get()));
            case "/stats.json" -> send(exchange, 200, "application/json", StatsJson.of(source.get()));
            case "/" -> {
                headers.set("Content-Security-Policy", page.policy());
                headers.set("Referrer-Policy", "no-referrer");
                send(exchange, 200, "text/html; charset=utf-8", page.html());
            }
            default -> send(exchange, 404, "text/plain; charset=utf-8", "There are / and /metrics\n");
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}

package io.miniredis.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live page in a browser. */
final class MetricsPageIT {
    /** By the page's clock, so some ten looks at the server. */
    private static final long SCRIPT_MILLIS = 10_000;

    @TempDir
    Path folder;

    @BeforeAll
    static void requireBrowser() {
        Browser.require();
    }

    @Test
    void showsWhatTheServerDoes() throws Exception {
        String[] options = {"--slowlog-log-slower-than", "0", "--maxmemory", "100mb"};
        AtomicBoolean enough = new AtomicBoolean();
        try (MetricsServerProcess server = MetricsServerProcess.start(options)) {
            Thread load = new Thread(() -> work(server.port(), enough));
            load.start();
            String dom = Browser.open("http://127.0.0.1:" + server.metricsPort() + "/", SCRIPT_MILLIS, folder);
            enough.set(true);
            load.join();
            assertEquals("Live", textOf(dom, "<p id=\"state\"[^>]*>([^<]*)"));
            for (String plot : new String[] {"throughput", "memory", "hits", "keys", "clients"}) {
                String now = textOf(dom, "<section id=\"" + plot + "\".*?<p class=\"now\"><span>([^<]*)");
                assertTrue(now.matches("\\d.*"), plot + " " + now);
            }
            assertTrue(dom.contains(">of 100 MB<"), dom);
            assertEquals("1", textOf(dom, "<section id=\"clients\".*?<p class=\"now\"><span>([^<]*)"));
            for (String path : new String[] {"throughput", "latency", "memory", "hits", "keys", "clients"}) {
                String line = textOf(dom, "<section id=\"" + path + "\".*?<path [^>]*\\bd=\"([^\"]*)\"");
                assertTrue(line.split("L", -1).length > 3, path + " " + line);
                assertTrue(line.matches("[ML0-9. ]+"), path + " " + line);
            }
            assertTrue(dom.matches("(?s).*<section id=\"busiest\".*<th scope=\"row\">get</th>.*"), dom);
            assertTrue(dom.matches("(?s).*<section id=\"slow\".*<th scope=\"row\">(get|set|keys)</th>.*"), dom);
            assertTrue(!dom.contains("secret-of-mine"), dom);
        }
    }

    private static void work(int port, AtomicBoolean enough) {
        try (RawClient client = new RawClient(port)) {
            for (int i = 0; !enough.get(); i++) {
                client.call("SET", "secret-of-mine-" + i % 50, "v");
                client.call("GET", "secret-of-mine-" + i % 100);
                client.call("KEYS", "secret-of-mine-1*");
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void showsThatTheServerIsGone() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext(
                "/", exchange -> send(exchange, 200, MetricsPage.load().html()));
        String stats = StatsJson.of(MetricsTextTest.metrics());
        // What is no JSON is as good as no answer. A status of failure would be an error on the console.
        http.createContext("/stats.json", exchange -> send(exchange, 200, looks.incrementAndGet() <= 3 ? stats : ""));
        http.start();
        try {
            String dom = Browser.open("http://127.0.0.1:" + http.getAddress().getPort() + "/", SCRIPT_MILLIS, folder);
            assertTrue(looks.get() > 4, "it goes on looking");
            String state = textOf(dom, "<p id=\"state\"[^>]*>([^<]*)");
            assertTrue(state.startsWith("The server is gone since "), state);
            assertTrue(dom.contains("<body class=\"stale\">"), dom);
            assertEquals("13", textOf(dom, "<section id=\"keys\".*?<p class=\"now\"><span>([^<]*)"));
        } finally {
            http.stop(0);
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static String textOf(String dom, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(dom);
        assertTrue(matcher.find(), () -> pattern + " is not in " + dom);
        return matcher.group(1);
    }
}

package io.miniredis.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The image's metrics over HTTP. */
final class MetricsIT {
    @AutoClose
    private static MetricsServerProcess server;

    @BeforeAll
    static void start() throws Exception {
        server = MetricsServerProcess.start("--slowlog-log-slower-than", "0", "--maxmemory", "50mb");
    }

    /**
     * What was answered.
     *
     * @param headers with names in lower case
     */
    private record Response(int status, Map<String, String> headers, String body) {
        static Response of(String text) {
            int end = text.indexOf("\r\n\r\n");
            assertTrue(text.startsWith("HTTP/1.1 ") && end > 0, text);
            String[] head = text.substring(0, end).split("\r\n", -1);
            Map<String, String> headers = new HashMap<>();
            for (int i = 1; i < head.length; i++) {
                String[] parts = head[i].split(": ", 2);
                headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
            }
            return new Response(Integer.parseInt(head[0].split(" ", -1)[1]), headers, text.substring(end + 4));
        }
    }

    private static Response ask(String method, String path) throws Exception {
        String body = method.equals("POST") ? "x" : "";
        try (Socket socket = send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body)) {
            return Response.of(answer(socket));
        }
    }

    /** The fields of INFO by name. */
    private static Map<String, String> info(RawClient client) {
        Map<String, String> fields = new HashMap<>();
        for (String line : client.call("INFO", "everything").raw().split("\r\n", -1)) {
            String[] parts = line.split(":", 2);
            if (parts.length == 2) {
                fields.put(parts[0], parts[1]);
            }
        }
        return fields;
    }

    @Test
    void numbersAgreeWithInfo() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            for (int i = 0; i < 40; i++) {
                client.call("SET", "key:" + i, "value", "EX", "1000");
                client.call("GET", "key:" + i / 2);
                client.call("GET", "absent:" + i);
            }
            client.call("PERSIST", "key:0");
            client.call("LPUSH", "key:0", "wrong type");
            client.call("GET");
            client.call("NOSUCH");
            client.call("CONFIG", "GET", "maxmemory");
            Response response = ask("GET", "/metrics");
            assertEquals(
                    "text/plain; version=0.0.4; charset=utf-8",
                    response.headers().get("content-type"));
            Exposition text = Exposition.parse(response.body());
            Map<String, String> info = info(client);
            Map<String, String> same = new HashMap<>();
            same.put("redis_connected_clients", "connected_clients");
            same.put("redis_blocked_clients", "blocked_clients");
            same.put("redis_tracking_clients", "tracking_clients");
            same.put("redis_max_clients", "maxclients");
            same.put("redis_connections_received_total", "total_connections_received");
            same.put("redis_memory_used_bytes", "used_memory");
            same.put("redis_memory_used_overhead_bytes", "used_memory_overhead");
            same.put("redis_memory_max_bytes", "maxmemory");
            same.put("redis_keyspace_hits_total", "keyspace_hits");
            same.put("redis_keyspace_misses_total", "keyspace_misses");
            same.put("redis_expired_keys_total", "expired_keys");
            same.put("redis_evicted_keys_total", "evicted_keys");
            same.put("redis_total_error_replies", "total_error_replies");
            same.put("miniredis_heap_max_bytes", "jvm_heap_max");
            same.put("miniredis_heap_data_max_bytes", "jvm_heap_data_max");
            same.forEach(
                    (metric, field) -> assertEquals(Double.parseDouble(info.get(field)), text.value(metric), metric));
            assertEquals(40, text.value("redis_keyspace_hits_total"));
            assertEquals(
                    "keys=" + (long) text.value("redis_db_keys", "db", "db0") + ",expires="
                            + (long) text.value("redis_db_keys_expiring", "db", "db0"),
                    info.get("db0").replaceFirst(",avg.*", ""));
            assertEquals("count=" + (long) text.value("redis_errors_total", "err", "ERR"), info.get("errorstat_ERR"));
            assertEquals(
                    "count=" + (long) text.value("redis_errors_total", "err", "WRONGTYPE"),
                    info.get("errorstat_WRONGTYPE"));
            assertCommandsAgree(text, info);
        }
    }

    private static void assertCommandsAgree(Exposition text, Map<String, String> info) {
        Pattern stats = Pattern.compile(
                "calls=(\\d+),usec=(\\d+),usec_per_call=[\\d.]+,rejected_calls=(\\d+),failed_calls=(\\d+)");
        int compared = 0;
        for (Map.Entry<String, String> field : info.entrySet()) {
            if (!field.getKey().startsWith("cmdstat_") || field.getKey().equals("cmdstat_info")) {
                continue;
            }
            String name = field.getKey().substring("cmdstat_".length());
            Matcher matcher = stats.matcher(field.getValue());
            assertTrue(matcher.matches(), field.toString());
            double calls = text.value("redis_commands_total", "cmd", name);
            assertEquals(Double.parseDouble(matcher.group(1)), calls, name);
            double micros = 1e6 * text.value("redis_commands_duration_seconds_total", "cmd", name);
            assertEquals(Double.parseDouble(matcher.group(2)), Math.floor(micros + 1e-4), name);
            assertEquals(
                    Double.parseDouble(matcher.group(3)),
                    text.value("redis_commands_rejected_calls_total", "cmd", name));
            assertEquals(
                    Double.parseDouble(matcher.group(4)), text.value("redis_commands_failed_calls_total", "cmd", name));
            if (calls > 0) {
                assertEquals(calls, text.value("miniredis_command_duration_seconds_count", "cmd", name), name);
            }
            compared++;
        }
        assertTrue(compared >= 5, info.toString());
    }

    @Test
    void onlyGetAndHead() throws Exception {
        for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS"}) {
            Response refused = ask(method, "/metrics");
            assertEquals(405, refused.status(), method);
            assertEquals("GET, HEAD", refused.headers().get("allow"));
        }
        Response head = ask("HEAD", "/");
        assertEquals(200, head.status());
        assertEquals("", head.body());
        assertEquals(
                Integer.toString(MetricsPage.load().html().getBytes(UTF_8).length),
                head.headers().get("content-length"));
    }

    @Test
    void anythingElseIsNotFound() throws Exception {
        for (String path : new String[] {"/metrics/", "/favicon.ico", "/../etc/passwd", "/%2e", "/Metrics"}) {
            assertEquals(404, ask("GET", path).status(), path);
        }
        assertEquals(200, ask("GET", "/metrics?x=y").status());
    }

    @Test
    void thePageMayDoNothingElse() throws Exception {
        Response page = ask("GET", "/");
        String policy = page.headers().get("content-security-policy");
        assertTrue(policy.startsWith("default-src 'none'; script-src 'sha256-"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertFalse(page.body().replace("http://www.w3.org/2000/svg", "").contains("http"), page.body());
    }

    @Test
    void argumentsAreNotShown() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.call("SET", "key-of-mine", "value-of-mine");
        }
        String stats = ask("GET", "/stats.json").body();
        assertTrue(stats.contains("\"name\":\"set\""), stats);
        for (String text : new String[] {
            stats, ask("GET", "/metrics").body(), ask("GET", "/").body()
        }) {
            assertFalse(text.contains("-of-mine"), text);
        }
    }

    /** Requests that do not end, are too long, or are nonsense. Others are answered. */
    @Test
    void badRequestsHurtNobody() throws Exception {
        try (Socket slow = send("GET /metrics HTTP/1.1\r\nHost: x");
                Socket silent = send("");
                Socket nonsense = send("\u0000\u0001\r\n\r\n");
                Socket opaque = send("GET mailto:x HTTP/1.1\r\nHost: x\r\n\r\n");
                Socket large = send("GET / HTTP/1.1\r\nA: " + "a".repeat(20_000) + "\r\n\r\n");
                RawClient client = new RawClient(server.port())) {
            assertEquals("+PONG\r\n", client.call("PING").raw());
            assertEquals(200, ask("GET", "/metrics").status());
            assertFalse(answer(large).contains(" 200 "));
            assertFalse(answer(nonsense).contains(" 200 "));
            assertFalse(answer(opaque).contains(" 200 "));
            assertEquals("", answer(slow));
            assertFalse(silent.isClosed());
        }
        assertFalse(server.server().output().contains("ERROR"), server.server().output());
    }

    private static Socket send(String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.metricsPort());
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        return socket;
    }

    /** All that is said until the connection ends. */
    private static String answer(Socket socket) {
        StringBuilder answer = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                answer.append((char) next);
            }
        } catch (IOException reset) {
            assertFalse(reset instanceof SocketTimeoutException, "it was not closed");
        }
        return answer.toString();
    }

    @Test
    void aPortInUseIsOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerProcess second = ServerProcess.launch(
                        Map.of(), "--port", "0", "--metrics-port", Integer.toString(taken.getLocalPort()))) {
            assertEquals(1, second.exitCode());
            assertTrue(
                    second.errors()
                            .matches("miniredis: metrics-bind 127\\.0\\.0\\.1 \\(the default\\), --metrics-port \\d+:"
                                    + " cannot listen \\(Address already in use\\)\n"),
                    second.errors());
        }
    }

    @Test
    void thereAreNoneUnlessAskedFor() throws Exception {
        try (ServerProcess plain = ServerProcess.start()) {
            assertFalse(plain.output().contains("Metrics"), plain.output());
        }
    }
}

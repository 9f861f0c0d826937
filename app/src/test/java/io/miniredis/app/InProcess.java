package io.miniredis.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.miniredis.api.Plugin;
import io.miniredis.api.PluginContext;
import io.miniredis.testkit.TestClient;
import io.miniredis.testkit.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Our server in this JVM, without sockets. */
final class InProcess implements Rival {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final TestServer server;
    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private final Map<Integer, TestClient> clients = new HashMap<>();
    private final Set<Integer> waiting = new HashSet<>();
    private final Map<String, Boolean> commands = new HashMap<>();
    private boolean resp3;

    /** @param directives names and values in turn */
    InProcess(String... directives) {
        server = TestServer.start(directives);
    }

    /** Has events reported from here on. */
    void reportEvents() {
        server.install("events", new Plugin() {
            @Override
            public void start(PluginContext context) {
                context.listen(event -> events.add(event.database() + " " + event.name() + " " + event.key() + "\n"));
            }
        });
    }

    /** Has keys expire when they are looked at and at no other time. */
    void expireLazily() {
        try (TestClient client = server.connect()) {
            client.send("DEBUG", "SET-ACTIVE-EXPIRE", "0");
        }
    }

    /** The events since this was called last, a line for each: database, event, key. */
    String events() {
        StringBuilder all = new StringBuilder();
        for (String event = events.poll(); event != null; event = events.poll()) {
            all.append(event);
        }
        return all.toString();
    }

    /** Whether there is a command, such as {@code get} or {@code object|encoding}. */
    boolean has(String command) {
        return commands.computeIfAbsent(command, name -> {
            try (TestClient client = server.connect()) {
                return client.send("COMMAND", "INFO", name).contains("'" + name + "'");
            }
        });
    }

    @Override
    public void begin(boolean speakResp3) {
        resp3 = speakResp3;
        clients.values().forEach(TestClient::close);
        clients.clear();
        waiting.clear();
        try (TestClient client = server.connect()) {
            client.send("FLUSHALL");
        }
        server.setMillis(START_MILLIS);
    }

    @Override
    public Map<Integer, RawReply> perform(Step step, Set<Integer> awaited) throws IOException {
        Map<Integer, RawReply> replies = new TreeMap<>();
        if (step.isPassing()) {
            server.advance(Duration.ofMillis(step.millis()));
        } else {
            waiting.add(step.client());
            String wire = clients.computeIfAbsent(step.client(), client -> connect())
                    .wire(step.words().toArray(String[]::new));
            received(step.client(), wire, replies);
        }
        receive(replies);
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (!replies.keySet().containsAll(awaited) && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
            receive(replies);
        }
        return replies;
    }

    private TestClient connect() {
        TestClient client = server.connect();
        return resp3 ? client.resp3() : client;
    }

    private void receive(Map<Integer, RawReply> replies) throws IOException {
        for (int client : Set.copyOf(waiting)) {
            received(client, clients.get(client).receiveWire(), replies);
        }
    }

    private void received(int client, String wire, Map<Integer, RawReply> replies) throws IOException {
        if (!wire.isEmpty()) {
            RawReply reply = RawReply.read(new ByteArrayInputStream(wire.getBytes(ISO_8859_1)));
            // Whatever comes after one reply is one too many, and must not be overlooked.
            replies.put(client, reply.raw().equals(wire) ? reply : new RawReply(wire, reply.elements()));
            waiting.remove(client);
        }
    }

    @Override
    public boolean isWaiting(int client) {
        return waiting.contains(client);
    }

    @Override
    public void close() {
        server.close();
    }
}

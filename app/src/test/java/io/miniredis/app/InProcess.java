package io.miniredis.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.miniredis.api.Plugin;
import io.miniredis.api.PluginContext;
import io.miniredis.testkit.TestClient;
import io.miniredis.testkit.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Our server in this JVM, without sockets. */
final class InProcess implements Rival {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** What is published by event, but for what plugins do not hear of. */
    private static final Pattern FOR_PLUGINS =
            Pattern.compile("__keyevent@(\\d+)__:((?!new |keymiss ).*)", Pattern.DOTALL);

    private final TestServer server;
    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private final Map<Integer, TestClient> clients = new HashMap<>();
    private final Set<Integer> waiting = new HashSet<>();
    private final Map<String, Boolean> commands = new HashMap<>();
    private boolean resp3;
    /** Hears of all events; null if nobody has asked for them. */
    private TestClient subscriber;

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
            client.send("CONFIG", "SET", "notify-keyspace-events", "KEAmn");
        }
        subscriber = server.connect();
        subscriber.send("PSUBSCRIBE", "__key*");
    }

    /**
     * The events since this was called last, as {@link FrozenRedis#text} shows them.
     *
     * @throws IllegalStateException if a plugin that listens has heard anything else
     */
    String events() {
        StringBuilder all = new StringBuilder();
        StringBuilder forPlugins = new StringBuilder();
        for (String wire = subscriber.receiveWire(); !wire.isEmpty(); wire = subscriber.receiveWire()) {
            for (RawReply message : messages(wire)) {
                String text = FrozenRedis.text(message);
                all.append(text);
                Matcher event = FOR_PLUGINS.matcher(text);
                if (event.matches()) {
                    forPlugins.append(event.group(1)).append(' ').append(event.group(2));
                }
            }
        }
        StringBuilder heard = new StringBuilder();
        for (String event = events.poll(); event != null; event = events.poll()) {
            heard.append(event);
        }
        if (!heard.toString().equals(forPlugins.toString())) {
            throw new IllegalStateException("published: " + forPlugins + "and heard by a plugin: " + heard);
        }
        return all.toString();
    }

    private static List<RawReply> messages(String wire) {
        ByteArrayInputStream in = new ByteArrayInputStream(wire.getBytes(ISO_8859_1));
        List<RawReply> messages = new ArrayList<>();
        try {
            while (in.available() > 0) {
                messages.add(RawReply.read(in));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return messages;
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

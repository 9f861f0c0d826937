package io.miniredis.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A real Redis whose wall clock is a file: libfaketime lies between it and the system. Keys expire when they are looked at and
 * at no other time.
 */
final class FrozenRedis implements Rival {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final String CLOCK_FORMAT = "yyyy-MM-dd HH:mm:ss.SSS";
    private static final Set<String> MAY_WAIT = Set.of("BLPOP", "BRPOP", "BLMOVE", "BRPOPLPUSH", "BLMPOP");

    private final ServerProcess process;
    private final Path clock;
    /** For what is not part of a sequence. */
    private final RawClient control;

    private final Map<Integer, Connected> clients = new HashMap<>();
    private final Set<Integer> waiting = new HashSet<>();
    /** Hears of all events; null if nobody has asked for them. */
    private RawClient subscriber;

    private long nowMillis;
    private boolean resp3;

    /** @param id as Redis calls it */
    private record Connected(RawClient socket, String id) {}

    /**
     * Starts one.
     *
     * @param folder where the clock may lie
     */
    FrozenRedis(Path faketime, Path folder) throws Exception {
        clock = folder.resolve("clock");
        setClock(START_MILLIS);
        process = ServerProcess.startRedis(
                // The C library's malloc comes before jemalloc, whose own start asks for the time before libfaketime
                // can tell it.
                Map.of(
                        "LD_PRELOAD", faketime + ":libc.so.6",
                        "TZ", "UTC",
                        "FAKETIME_TIMESTAMP_FILE", clock.toString(),
                        "FAKETIME_NO_CACHE", "1",
                        "FAKETIME_DONT_FAKE_MONOTONIC", "1"),
                "--enable-debug-command",
                "yes");
        control = new RawClient(process.port());
        demand("+OK\r\n", control.call("DEBUG", "SET-ACTIVE-EXPIRE", "0"));
    }

    /** Has events reported from here on. */
    void reportEvents() throws IOException {
        demand("+OK\r\n", control.call("CONFIG", "SET", "notify-keyspace-events", "KEAmn"));
        subscriber = new RawClient(process.port());
        subscriber.call("PSUBSCRIBE", "__key*");
        subscriber.call("SUBSCRIBE", "end");
    }

    /** The events since this was called last, as {@link #text} shows them. */
    String events() {
        demand(":1\r\n", control.call("PUBLISH", "end", ""));
        StringBuilder events = new StringBuilder();
        for (RawReply message = subscriber.read(); message.elements().size() == 4; message = subscriber.read()) {
            events.append(text(message));
        }
        return events.toString();
    }

    /** A keyspace notification as a line: channel, message. */
    static String text(RawReply message) {
        return bulk(message.elements().get(2)) + " " + bulk(message.elements().get(3)) + "\n";
    }

    private static String bulk(RawReply reply) {
        return reply.raw().substring(reply.raw().indexOf('\n') + 1, reply.raw().length() - 2);
    }

    /** Its version, as INFO has it. */
    String info() {
        return control.call("INFO", "server").raw();
    }

    private void setClock(long millis) throws IOException {
        // Half a millisecond more, so that rounding does not matter; moved into place, so that it is never read half
        // written.
        String time = DateTimeFormatter.ofPattern(CLOCK_FORMAT, Locale.ROOT)
                        .withZone(ZoneOffset.UTC)
                        .format(Instant.ofEpochMilli(millis))
                + "500\n";
        Path next = clock.resolveSibling("next");
        Files.writeString(next, time, UTF_8);
        Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE);
        nowMillis = millis;
    }

    @Override
    public void begin(boolean speakResp3) throws Exception {
        resp3 = speakResp3;
        for (int client : waiting) {
            Connected gone = clients.remove(client);
            demand(":1\r\n", control.call("CLIENT", "KILL", "ID", gone.id));
            gone.socket.close();
        }
        waiting.clear();
        for (Connected client : clients.values()) {
            demand("+RESET\r\n", client.socket.call("RESET"));
            speak(client.socket);
        }
        demand("+OK\r\n", control.call("FLUSHALL"));
        setClock(START_MILLIS);
    }

    private Connected connect() {
        try {
            RawClient socket = new RawClient(process.port());
            String id = socket.call("CLIENT", "ID").raw().substring(1).strip();
            speak(socket);
            return new Connected(socket, id);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void speak(RawClient socket) {
        if (resp3) {
            socket.call("HELLO", "3");
        }
    }

    private static void demand(String expected, RawReply reply) {
        if (!reply.raw().equals(expected)) {
            throw new IllegalStateException("Redis has replied " + reply);
        }
    }

    @Override
    public Map<Integer, RawReply> perform(Step step, Set<Integer> awaited) throws Exception {
        Map<Integer, RawReply> replies = new TreeMap<>();
        if (step.isPassing()) {
            setClock(nowMillis + step.millis());
            // Who has waited too long is told so before the next command is answered.
            if (!waiting.isEmpty()) {
                control.call("PING");
            }
        } else {
            Connected client = clients.computeIfAbsent(step.client(), number -> connect());
            client.socket.send(RawClient.encode(step.words()));
            if (MAY_WAIT.contains(step.words().get(0).toUpperCase(Locale.ROOT)) && waits(client)) {
                waiting.add(step.client());
            } else {
                replies.put(step.client(), client.socket.read());
            }
        }
        if (!waiting.isEmpty()) {
            Set<String> blocked = blocked();
            for (int number : Set.copyOf(waiting)) {
                Connected client = clients.get(number);
                if (!blocked.contains(client.id)) {
                    replies.put(number, client.socket.read());
                    waiting.remove(number);
                }
            }
        }
        return replies;
    }

    /** Whether a client that has just said something waits; false if there is a reply. */
    private boolean waits(Connected client) throws IOException {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (!client.socket.hasMore()) {
            if (blocked().contains(client.id)) {
                return true;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("Redis neither replies nor waits");
            }
        }
        return false;
    }

    /** The clients that wait, by their identifiers. */
    private Set<String> blocked() {
        return control.call("CLIENT", "LIST")
                .raw()
                .lines()
                .filter(line -> line.matches(".* flags=\\w*b\\w* .*"))
                .map(line -> List.of(line.split("[ =]")).get(1))
                .collect(Collectors.toSet());
    }

    @Override
    public boolean isWaiting(int client) {
        return waiting.contains(client);
    }

    @Override
    public void close() {
        process.close();
    }
}

package io.miniredis.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.miniredis.engine.WordSplitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Has several clients talk with a real Redis and with the image, about what one of them sees of the others: waiting, transactions. The
 * conversations are in {@code src/test/resources/conversations}, whose README tells the syntax.
 */
final class ConversationIT {
    private static final Path CONVERSATIONS = Path.of("src", "test", "resources", "conversations");
    private static final ConditionFactory AWAIT =
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    private static final Pattern SAID = Pattern.compile("(\\w+)( waits)?: (.*)");
    private static final Pattern HEARS = Pattern.compile("(\\w+) hears (\\d+)");
    private static final Pattern ONLY = Pattern.compile("only RESP(\\d)");
    private static final Pattern SHOWN = Pattern.compile("\\+\\d{10}\\.\\d{6} \\[(\\d+) 127\\.0\\.0\\.1:\\d+]");
    private static final Pattern ID = Pattern.compile("\\{(\\w+)}");

    @AutoClose
    private static ServerProcess redis;

    @AutoClose
    private static ServerProcess image;

    @BeforeAll
    static void startServers() throws Exception {
        RedisTools.require("redis-server");
        redis = ServerProcess.startRedis();
        // Several threads, so that keys lie in many shards and clients belong to different threads.
        image = ServerProcess.start("--io-threads", "3");
    }

    @TestFactory
    Stream<DynamicTest> redisAndTheImageAnswerAlike() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(CONVERSATIONS)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".txt"))
                    .sorted()
                    .toList()) {
                for (List<String> lines : read(file)) {
                    for (String protocol : protocols(lines)) {
                        tests.add(dynamicTest(
                                file.getFileName() + " RESP" + protocol + " " + lines.get(0),
                                () -> assertEquals(
                                        hold(redis.port(), protocol, lines), hold(image.port(), protocol, lines))));
                    }
                }
            }
        }
        return tests.stream();
    }

    private static List<String> protocols(List<String> lines) {
        Matcher only = ONLY.matcher(lines.get(0));
        return only.matches() ? List.of(only.group(1)) : List.of("2", "3");
    }

    private static List<List<String>> read(Path file) throws IOException {
        List<List<String>> conversations = new ArrayList<>();
        conversations.add(new ArrayList<>());
        for (String line : Files.readAllLines(file, UTF_8)) {
            if (line.isBlank()) {
                conversations.add(new ArrayList<>());
            } else if (!line.startsWith("#")) {
                conversations.get(conversations.size() - 1).add(line.strip());
            }
        }
        conversations.removeIf(List::isEmpty);
        return conversations;
    }

    /** What was said and heard, line by line. */
    private static String hold(int port, String protocol, List<String> lines) throws IOException {
        try (Conversation conversation = new Conversation(port, protocol)) {
            for (String line : lines) {
                conversation.hold(line);
            }
            return conversation.transcript.toString();
        }
    }

    private static final class Conversation implements AutoCloseable {
        private final int port;
        private final String protocol;
        private final RawClient observer;
        private final Map<String, RawClient> clients = new TreeMap<>();
        private final Map<String, String> ids = new TreeMap<>();
        private final List<String> waiting = new ArrayList<>();
        private final StringBuilder transcript = new StringBuilder();

        Conversation(int port, String protocol) throws IOException {
            this.port = port;
            this.protocol = protocol;
            observer = new RawClient(port);
            observer.call("FLUSHALL");
        }

        void hold(String line) throws IOException {
            transcript.append(line).append('\n');
            Matcher said = SAID.matcher(line);
            Matcher hears = HEARS.matcher(line);
            if (said.matches()) {
                say(said.group(1), said.group(3), said.group(2) != null);
            } else if (hears.matches()) {
                for (int i = Integer.parseInt(hears.group(2)); i > 0; i--) {
                    note(hears.group(1));
                }
            } else if (!ONLY.matcher(line).matches()) {
                leave(line.substring(0, line.indexOf(' ')));
            }
            List.copyOf(waiting).stream().filter(name -> !isBlocked(name)).forEach(this::hear);
        }

        private void say(String name, String command, boolean untilReplied) throws IOException {
            RawClient client = client(name);
            String withIds = ID.matcher(command).replaceAll(found -> {
                client(found.group(1));
                return ids.get(found.group(1));
            });
            List<String> words = new ArrayList<>();
            for (byte[] word : WordSplitter.splitBytes(withIds)) {
                words.add(new String(word, ISO_8859_1));
            }
            client.send(RawClient.encode(words));
            AWAIT.until(() -> client.hasMore() || (isBlocked(name) && !untilReplied));
            waiting.add(name);
            if (client.hasMore()) {
                hear(name);
            }
        }

        private RawClient client(String name) {
            return clients.computeIfAbsent(name, unused -> {
                try {
                    RawClient client = new RawClient(port);
                    client.call("HELLO", protocol);
                    ids.put(name, client.call("CLIENT", "ID").raw().replaceAll("\\D", ""));
                    return client;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }

        private void hear(String name) {
            waiting.remove(name);
            note(name);
        }

        private void note(String name) {
            transcript
                    .append("  ")
                    .append(name)
                    .append(" hears ")
                    .append(comparable(clients.get(name).read().toString()))
                    .append('\n');
        }

        /** Without what is of one server alone: when a command ran, the client's port, the numbers of clients where replies tell them. */
        private String comparable(String reply) {
            String shown = SHOWN.matcher(reply).replaceAll("+time [$1 address]");
            if (shown.contains("$5\\r\\nproto")) { // of HELLO
                return shown.replaceFirst("id\\\\r\\\\n:\\d+", "id :number");
            }
            return !shown.contains("redir")
                    ? shown
                    : ids.values().stream()
                            .reduce(shown, (text, id) -> text.replaceAll(":" + id + "\\b", ":" + nameOf(id)));
        }

        private String nameOf(String id) {
            return ids.entrySet().stream()
                    .filter(known -> known.getValue().equals(id))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow();
        }

        private void leave(String name) throws IOException {
            waiting.remove(name);
            clients.remove(name).close();
            AWAIT.until(() -> described(name).isEmpty());
        }

        private boolean isBlocked(String name) {
            return described(name).matches("(?s).* flags=\\w*b.*");
        }

        private String described(String name) {
            return observer.call("CLIENT", "LIST", "ID", ids.get(name))
                    .raw()
                    .replaceFirst("^[^\r]*", "")
                    .strip();
        }

        @Override
        public void close() throws IOException {
            for (RawClient client : clients.values()) {
                client.close();
            }
            observer.close();
        }
    }
}

package io.miniredis.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.miniredis.app.RawReply.Agreement;
import io.miniredis.engine.WordSplitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Says the same to a real Redis and to the image, and compares the bytes of the replies: in RESP2 and in RESP3, one command at a
 * time and all in one write. A case is a line in {@code src/test/resources/comparison}, whose README tells the syntax.
 */
final class ComparisonIT {
    private static final Path CASES = Path.of("src", "test", "resources", "comparison");

    private static final Pattern REPEATED = Pattern.compile("\\{(\\d+)\\*([^}]*)\\}");
    /** Something that a client may say in whatever mode it is. */
    private static final String END = RawClient.encode(List.of("PING", "the end of what a raw case has to say"));

    private static final String END_TEXT = "$37\r\nthe end of what a raw case has to say\r\n";
    private static final Set<String> END_REPLIES = Set.of(END_TEXT, "*2\r\n$4\r\npong\r\n" + END_TEXT);

    @AutoClose
    private static ServerProcess redis;

    @AutoClose
    private static ServerProcess image;

    /** How a sequence is said. */
    private enum Manner {
        RESP2,
        RESP2_PIPELINED,
        RESP3,
        RESP3_PIPELINED;

        boolean isPipelined() {
            return name().endsWith("PIPELINED");
        }

        boolean isResp3() {
            return name().startsWith("RESP3");
        }
    }

    /**
     * A line of a case file.
     *
     * @param text the line
     * @param raw whether the bytes are sent as they are
     * @param last whether the client has nothing more to say after it
     * @param bytes what is sent, one char each
     */
    private record Step(
            Path file, int number, String text, boolean raw, boolean last, Agreement agreement, String bytes) {}

    @BeforeAll
    static void startServers() throws Exception {
        RedisTools.require("redis-server");
        redis = ServerProcess.startRedis();
        try (RawClient client = new RawClient(redis.port())) {
            RedisTools.requireVersion(client.call("INFO", "server").raw());
        }
        image = ServerProcess.start();
    }

    @TestFactory
    Stream<DynamicNode> redisAndTheImageReplyTheSame() throws IOException {
        List<DynamicNode> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(CASES)) {
            for (Path file : paths.filter(path -> path.toString().endsWith(".txt"))
                    .sorted()
                    .toList()) {
                List<List<Step>> sequences = read(file);
                for (Manner manner : Manner.values()) {
                    files.add(dynamicContainer(
                            file.getFileName() + " " + manner,
                            sequences.stream()
                                    .filter(steps -> !manner.isPipelined()
                                            || steps.stream().noneMatch(Step::raw))
                                    .map(steps -> dynamicTest(
                                            steps.get(0).number + ": " + steps.get(0).text,
                                            file.toUri(),
                                            () -> compare(steps, manner)))));
                }
            }
        }
        return files.stream();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void redisAndTheImageReplyTheSameToRandomCommands(long seed) throws IOException {
        RandomCommands commands = new RandomCommands(seed);
        List<Step> steps = new ArrayList<>();
        for (int number = 1; number <= 3000; number++) {
            List<String> words = commands.next();
            if (dependsOnTheMoment(words)) {
                continue;
            }
            String request = RawClient.encode(words);
            String text = new RawReply(request, List.of()).toString();
            steps.add(new Step(Path.of("seed" + seed), number, text, false, false, agreementOn(words), request));
        }
        compare(steps, Manner.values()[(int) (seed % Manner.values().length)]);
    }

    /**
     * Whether a time from now on is compared with another: the same one is greater or not, depending on whether a millisecond has passed.
     * {@link DifferentialIT}, whose clocks stand still, compares these.
     */
    private static boolean dependsOnTheMoment(List<String> words) {
        List<String> upper =
                words.stream().map(word -> word.toUpperCase(Locale.ROOT)).toList();
        return Set.of("EXPIRE", "PEXPIRE").contains(upper.get(0)) && (upper.contains("GT") || upper.contains("LT"));
    }

    private static Agreement agreementOn(List<String> words) {
        return switch (words.get(0).toUpperCase(Locale.ROOT)) {
            case "KEYS" -> Agreement.SET;
            case "TTL", "EXPIRETIME" -> Agreement.SECONDS;
            case "PEXPIRETIME" -> Agreement.MILLIS;
            // Redis counts keys that have expired until it gets round to removing them.
            case "SCAN", "DBSIZE" -> Agreement.TYPE;
            default -> Agreement.EXACT;
        };
    }

    /** Newer than Redis 7.0, or unknown to any Redis. */
    private static final Set<String> NOT_IN_REDIS = Set.of("client|no-touch", "client|setinfo", "module|reload");

    /** But for those with subcommands, of which there are others here. */
    @Test
    void redisAndTheImageDescribeEveryCommandAlike() throws IOException {
        try (RawClient theirs = new RawClient(redis.port());
                RawClient ours = new RawClient(image.port())) {
            List<String> names = ours.call("COMMAND", "LIST").elements().stream()
                    .map(name -> name.raw().lines().skip(1).findFirst().orElseThrow())
                    .toList();
            List<Executable> comparisons = new ArrayList<>();
            for (String name : names) {
                boolean isContainer = names.stream().anyMatch(other -> other.startsWith(name + "|"));
                if (!isContainer && !NOT_IN_REDIS.contains(name)) {
                    for (String what : List.of("INFO", "DOCS")) {
                        RawReply expected = theirs.call("COMMAND", what, name);
                        RawReply actual = ours.call("COMMAND", what, name);
                        comparisons.add(() -> assertEquals(expected.toString(), actual.toString(), what + " " + name));
                    }
                }
            }
            assertFalse(comparisons.isEmpty());
            assertAll(comparisons);
        }
    }

    private static List<List<Step>> read(Path file) throws IOException {
        List<List<Step>> sequences = new ArrayList<>();
        List<Step> current = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file, UTF_8)) {
            number++;
            if (line.isBlank() && !current.isEmpty()) {
                sequences.add(current);
                current = new ArrayList<>();
            } else if (!line.isBlank() && !line.startsWith("#")) {
                current.add(step(file, number, line.strip()));
            }
        }
        if (!current.isEmpty()) {
            sequences.add(current);
        }
        return sequences;
    }

    private static Step step(Path file, int number, String line) {
        Matcher marked = Pattern.compile("\\[(\\w+)\\] +(.*)").matcher(line);
        String mark = marked.matches() ? marked.group(1) : "exact";
        List<String> words = new ArrayList<>();
        for (byte[] word : WordSplitter.splitBytes(marked.matches() ? marked.group(2) : line)) {
            words.add(expand(word));
        }
        boolean last = mark.equals("last");
        boolean raw = last || mark.equals("raw");
        return new Step(
                file,
                number,
                line,
                raw,
                last,
                raw ? Agreement.EXACT : Agreement.valueOf(mark.toUpperCase(Locale.ROOT)),
                raw ? words.get(0) : RawClient.encode(words));
    }

    /** Writes out {@code {3*ab}} as {@code ababab}. */
    private static String expand(byte[] word) {
        return REPEATED.matcher(new String(word, ISO_8859_1))
                .replaceAll(found -> Matcher.quoteReplacement(found.group(2).repeat(Integer.parseInt(found.group(1)))));
    }

    private static void compare(List<Step> steps, Manner manner) throws IOException {
        List<RawReply> expected = say(redis.port(), steps, manner);
        List<RawReply> actual = say(image.port(), steps, manner);
        StringBuilder differences = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (!expected.get(i).agrees(actual.get(i), step.agreement)) {
                differences.append("%n%s:%d: %s%n  Redis     %s%n  miniRedis %s"
                        .formatted(step.file.getFileName(), step.number, step.text, expected.get(i), actual.get(i)));
            }
        }
        if (!differences.isEmpty()) {
            fail(manner + differences.toString());
        }
    }

    /** One reply for each step. */
    private static List<RawReply> say(int port, List<Step> steps, Manner manner) throws IOException {
        try (RawClient client = new RawClient(port)) {
            client.call("FLUSHALL");
            client.call("CONFIG", "RESETSTAT");
            if (manner.isResp3()) {
                client.call("HELLO", "3");
            }
            List<RawReply> replies = new ArrayList<>();
            if (manner.isPipelined()) {
                String all = steps.stream().map(Step::bytes).collect(Collectors.joining());
                // Not before reading: neither server takes in more and more while nobody takes the replies.
                Thread sender = new Thread(() -> client.send(all));
                sender.start();
                steps.forEach(step -> replies.add(client.read()));
            } else {
                steps.forEach(step -> {
                    client.send(step.bytes);
                    replies.add(step.raw ? readToTheEnd(client, step.last) : client.read());
                });
            }
            leave(client);
            return replies;
        }
    }

    /** Goes, and waits until the server knows: the next client may be served by another thread. */
    private static void leave(RawClient client) {
        client.endOutput();
        RawReply reply = client.read();
        while (!reply.equals(RawReply.CLOSED) && !reply.equals(RawReply.MISSING)) {
            reply = client.read();
        }
    }

    /** All replies to bytes that may be any number of commands, or none. */
    private static RawReply readToTheEnd(RawClient client, boolean last) {
        if (last) {
            client.endOutput();
        } else {
            client.send(END);
        }
        StringBuilder all = new StringBuilder();
        RawReply reply = client.read();
        while (!END_REPLIES.contains(reply.raw())) {
            all.append(reply.raw());
            if (reply.equals(RawReply.CLOSED) || reply.equals(RawReply.MISSING)) {
                break;
            }
            reply = client.read();
        }
        return new RawReply(all.toString(), List.of());
    }
}

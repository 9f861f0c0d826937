package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miniredis.api.transport.RequestBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client of a {@link TestEngine}. Arguments are text whose characters are bytes, so {@code "\u00ff"} is the byte 255. Requests
 * lie in an input buffer with other bytes around them, which is overwritten after each run, as a connection's buffer is: who
 * keeps a slice too long is found out.
 */
final class TestClient {
    private static final byte JUNK = '#';
    private static final Pattern ESCAPED = Pattern.compile("\\\\x(..)");

    final ClientSession session;
    final FakeConnection connection;
    final RecordedReply replies = new RecordedReply();
    private final RequestBatch batch = new RequestBatch();

    TestClient(ClientSession session, FakeConnection connection) {
        this.session = session;
        this.connection = connection;
    }

    /** Runs one command. Returns its reply as {@link RecordedReply} shows it. */
    String send(String... args) {
        List<String> all = pipeline(List.<String[]>of(args));
        assertEquals(1, all.size(), "replies to one command");
        return all.get(0);
    }

    /** Runs one command that is written as words between blanks. */
    String run(String words) {
        return send(words.split(" ", -1));
    }

    /** Runs commands, written as words, in one batch. */
    List<String> pipeline(String... commands) {
        List<String[]> requests = new ArrayList<>();
        for (String command : commands) {
            requests.add(command.split(" ", -1));
        }
        return pipeline(requests);
    }

    /** Runs commands in one batch. */
    List<String> pipeline(List<String[]> requests) {
        byte[] buffer = fill(requests);
        int next = 0;
        while (next < requests.size() && !session.isClosing()) {
            next = session.execute(batch, next, replies);
        }
        Arrays.fill(buffer, JUNK);
        return replies.take();
    }

    /** What it was told meanwhile. */
    List<String> hear() {
        session.resume(replies);
        return replies.take();
    }

    /** The bytes of a bulk reply as it is shown. */
    static String unescaped(String shown) {
        return ESCAPED.matcher(shown.substring(1, shown.length() - 1))
                .replaceAll(hex -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(hex.group(1), 16))));
    }

    /** Runs one command, written as words, that has work done elsewhere, and waits for its reply. */
    String runAndWait(String words) throws InterruptedException {
        assertEquals(List.of(), pipeline(words));
        connection.awaitWake();
        session.resume(replies);
        List<String> all = replies.take();
        assertEquals(1, all.size(), "replies to one command");
        return all.get(0);
    }

    /** Puts requests into the batch, without running them. Returns the buffer they lie in. */
    byte[] fill(List<String[]> requests) {
        int length = 1;
        for (String[] request : requests) {
            for (String argument : request) {
                length += argument.length() + 1;
            }
        }
        byte[] buffer = new byte[length];
        Arrays.fill(buffer, JUNK);
        batch.clear(buffer);
        int at = 1;
        for (String[] request : requests) {
            for (String argument : request) {
                byte[] bytes = argument.getBytes(ISO_8859_1);
                System.arraycopy(bytes, 0, buffer, at, bytes.length);
                batch.addArgument(at, bytes.length);
                at += bytes.length + 1;
            }
            batch.endRequest(at);
        }
        return buffer;
    }

    RequestBatch batch() {
        return batch;
    }
}

package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that keeps what it has read, until it is told that it is no longer right. Its keys are single letters. */
final class CachingClient {
    private static final String ALL = ">['invalidate', nil]";
    private static final Pattern SOME = Pattern.compile(">\\['invalidate', \\[(.*)\\]\\]");
    private static final Pattern KEY = Pattern.compile("'(.)'");

    final TestClient client;
    private final Map<String, String> copies = new HashMap<>();
    long invalidations;

    CachingClient(TestClient client, String options) {
        this.client = client;
        client.run("HELLO 3");
        assertEquals("+OK", client.run("CLIENT TRACKING ON" + options));
    }

    /** Runs requests, and keeps what those that are GET or MGET answer. No request may be within a transaction. */
    void run(String... requests) {
        List<String> replies = client.pipeline(requests);
        int answered = 0;
        for (String reply : replies) {
            if (reply.startsWith(">")) {
                hear(reply);
            } else {
                keep(requests[answered++], reply);
            }
        }
        assertEquals(requests.length, answered);
    }

    private void keep(String request, String reply) {
        String[] words = request.split(" ", -1);
        if (words[0].equals("GET")) {
            copies.put(words[1], reply);
        }
    }

    /** Drops what is no longer right, as far as it has been told. */
    void hear() {
        client.hear().forEach(this::hear);
    }

    private void hear(String message) {
        invalidations++;
        if (message.equals(ALL)) {
            copies.clear();
            return;
        }
        Matcher some = SOME.matcher(message);
        assertEquals(true, some.matches(), message);
        KEY.matcher(some.group(1)).results().forEach(key -> copies.remove(key.group(1)));
    }

    /** What it has copies of, and what they are; not to be changed. */
    Map<String, String> copies() {
        return copies;
    }
}

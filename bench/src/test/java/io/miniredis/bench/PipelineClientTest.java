package io.miniredis.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The client against a server of a few lines. */
final class PipelineClientTest {
    private static final byte[] GET = RespClient.request("GET", Keys.KEY);

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    private FakeServer answering(String reply) throws IOException {
        return new FakeServer(request -> {
            asked.add(request.get(1));
            return reply;
        });
    }

    private static PipelineClient client(FakeServer server, long replyBytes) throws IOException {
        Supplier<byte[]> requests = PipelineClient.withRandomNumbers(GET, 1_000_000);
        return new PipelineClient(server.port(), 1, 3, requests, replyBytes);
    }

    @Test
    void countsTheRepliesToAllThatWasSent() throws IOException {
        try (FakeServer server = answering("+OK\r\n");
                PipelineClient client = client(server, 5)) {
            PipelineClient.Result result = client.run(0.05);
            assertTrue(result.answeredPerSecond() > 0);
            assertTrue(result.cpuMicros() > 0);
            assertEquals(0, asked.size() % 3, "whole pipelines");
            int before = asked.size();
            client.run(0.05);
            assertTrue(asked.size() > before, "runs can follow each other");
        }
    }

    @Test
    void keysAreOthersInEachRequest() throws IOException {
        try (FakeServer server = answering("+OK\r\n");
                PipelineClient client = client(server, 5)) {
            client.run(0.1);
        }
        assertNotEquals(1, new HashSet<>(asked).size());
        assertTrue(asked.stream().allMatch(key -> key.matches("key:000000\\d{6}")), asked.get(0));
    }

    @Test
    void eachNumberOfARequestIsAnother() {
        byte[] mset = RespClient.request("MSET", Keys.KEY, "v", Keys.KEY, "v");
        String text = new String(
                PipelineClient.withRandomNumbers(mset, 1_000_000_000_000L).get(), ISO_8859_1);
        List<String> keys = text.lines().filter(line -> line.startsWith("key:")).toList();
        assertEquals(2, keys.size());
        assertNotEquals(keys.get(0), keys.get(1));
        assertNotEquals(Keys.KEY, keys.get(0));
    }

    @Test
    void longerReplyThanAnnouncedIsAFailure() throws IOException {
        try (FakeServer server = answering("+OK and more\r\n");
                PipelineClient client = client(server, 5)) {
            assertThrows(BenchFailure.class, () -> client.run(0.1));
        }
    }
}

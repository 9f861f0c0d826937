package io.miniredis.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class RespClientTest {

    private interface Count {
        long with(RespClient client) throws IOException;
    }

    private static long ask(Function<List<String>, String> answer, Count work) throws IOException {
        try (FakeServer server = new FakeServer(answer);
                RespClient client = new RespClient(server.port())) {
            return work.with(client);
        }
    }

    /** Of the keys, those whose numbers end with a 7 are there. */
    private static String exists(List<String> request) {
        return ":" + request.stream().filter(word -> word.endsWith("7")).count() + "\r\n";
    }

    @Test
    void keysAreCountedThatAreThere() throws IOException {
        assertEquals(0, ask(RespClientTest::exists, client -> client.countKeys(5, 5)));
        assertEquals(1, ask(RespClientTest::exists, client -> client.countKeys(7, 8)));
        assertEquals(123, ask(RespClientTest::exists, client -> client.countKeys(0, 1230)));
        assertEquals(0, ask(RespClientTest::exists, client -> client.countKeys(8, 17)));
    }

    @Test
    void numberIsFoundAmongTheFieldsOfASection() throws IOException {
        String stats = "# Stats\r\nevicted_keys:12\r\n";
        String reply = "$" + stats.length() + "\r\n" + stats + "\r\n";
        assertEquals(12, ask(request -> reply, client -> client.infoNumber("stats", "evicted_keys")));
        assertEquals(0, ask(request -> reply, client -> client.infoNumber("stats", "other")));
    }

    @Test
    void keysHaveTwelveDigits() {
        assertEquals("key:000000000042", Keys.name(42));
        assertEquals(Keys.KEY, Keys.name(0));
    }
}

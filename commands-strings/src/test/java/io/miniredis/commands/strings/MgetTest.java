package io.miniredis.commands.strings;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MgetTest extends CommandTest {
    @Test
    void answersEachKeyInItsPlace() {
        send("MSET", "a", "1", "b", "", "c", "3");
        assertEquals("['3', '1', '', '3']", send("MGET", "c", "a", "b", "c"));
    }

    @Test
    void noSuchKeyAndAnotherTypeAreNull() {
        send("SET", "a", "1");
        send("TESTKIT.OTHER", "other");
        assertEquals("[nil, '1', nil]", send("MGET", "other", "a", "nothing"));
        assertEquals("*2\r\n_\r\n_\r\n", client.resp3().wire("MGET", "other", "nothing"));
    }

    @Test
    void anExpiredKeyIsNull() {
        send("SET", "a", "1", "PX", "5");
        server.advance(Duration.ofMillis(6));
        assertEquals("[nil]", send("MGET", "a"));
    }

    @Test
    void manyKeysAreRead() {
        String[] request = new String[1_001];
        request[0] = "MGET";
        for (int i = 1; i <= 1_000; i++) {
            request[i] = "key" + i;
            send("SET", "key" + i, "value" + i);
        }
        String expected = IntStream.rangeClosed(1, 1_000)
                .mapToObj(i -> "'value" + i + "'")
                .collect(joining(", ", "[", "]"));
        assertEquals(expected, send(request));
    }

    @Test
    void takesOneKeyAtLeast() {
        assertEquals("-ERR wrong number of arguments for 'mget' command", send("MGET"));
    }
}

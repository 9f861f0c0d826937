package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class GetTest extends CommandTest {
    @Test
    void aStringIsReadBack() {
        send("SET", "k", "v");
        assertEquals("'v'", send("GET", "k"));
    }

    @Test
    void anyBytesAreReadBack() {
        send("SET", "\u0000\u00ff\r\n", "a\u0000b\r\n\u00ff");
        assertEquals("'a\u0000b\r\n\u00ff'", send("GET", "\u0000\u00ff\r\n"));
    }

    @Test
    void theEmptyStringIsAString() {
        send("SET", "k", "");
        assertEquals("''", send("GET", "k"));
        assertEquals("1", send("EXISTS", "k"));
    }

    @Test
    void aMegabyteIsReadBack() {
        String megabyte = "0123456789abcdef".repeat(1 << 16);
        send("SET", "k", megabyte);
        assertEquals("'" + megabyte + "'", send("GET", "k"));
    }

    @Test
    void noSuchKeyIsNull() {
        assertEquals("$-1\r\n", client.wire("GET", "k"));
        assertEquals("_\r\n", client.resp3().wire("GET", "k"));
    }

    @Test
    void anExpiredKeyIsNull() {
        send("SET", "k", "v", "PX", "10");
        server.advance(Duration.ofMillis(10));
        assertEquals("'v'", send("GET", "k"));
        server.advance(Duration.ofMillis(1));
        assertEquals("nil", send("GET", "k"));
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "GET", "k");
    }

    @Test
    void takesExactlyOneKey() {
        assertEquals("-ERR wrong number of arguments for 'get' command", send("GET"));
        assertEquals("-ERR wrong number of arguments for 'get' command", send("GET", "a", "b"));
    }
}

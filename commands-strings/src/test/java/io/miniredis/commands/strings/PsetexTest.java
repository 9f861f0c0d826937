package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PsetexTest extends CommandTest {
    private static final String INVALID_EXPIRE = "-ERR invalid expire time in 'psetex' command";

    @Test
    void storesForSoManyMilliseconds() {
        assertEquals("+OK", send("PSETEX", "k", "10", "v"));
        assertEquals("'v'", send("GET", "k"));
        assertEquals("10", send("PTTL", "k"));
        server.advance(Duration.ofMillis(10));
        assertEquals("0", send("PTTL", "k"));
        server.advance(Duration.ofMillis(1));
        assertEquals("nil", send("GET", "k"));
    }

    @Test
    void replacesAnyTypeAndExpiry() {
        send("TESTKIT.OTHER", "k");
        send("PSETEX", "k", "100", "v");
        assertEquals("+OK", send("PSETEX", "k", "10", "w"));
        assertEquals("'w'", send("GET", "k"));
        assertEquals("10", send("PTTL", "k"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "9223372036854775807", "-9223372036854775808"})
    void aTimeThatIsNotPositiveOrTooLargeIsRefused(String time) {
        send("SET", "k", "v", "EX", "100");
        assertRefused(INVALID_EXPIRE, "k", "PSETEX", "k", time, "w");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "1.5", " 1", "9223372036854775808"})
    void aTimeThatIsNoNumberIsRefused(String time) {
        send("SET", "k", "v", "EX", "100");
        assertRefused(NOT_AN_INTEGER, "k", "PSETEX", "k", time, "w");
    }

    @Test
    void takesExactlyKeyTimeAndValue() {
        assertRefused("-ERR wrong number of arguments for 'psetex' command", "k", "PSETEX", "k", "10");
        assertRefused("-ERR wrong number of arguments for 'psetex' command", "k", "PSETEX", "k", "10", "v", "NX");
    }
}

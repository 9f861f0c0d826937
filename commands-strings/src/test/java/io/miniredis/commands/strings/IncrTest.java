package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IncrTest extends CommandTest {
    @Test
    void addsOne() {
        send("SET", "k", "41");
        assertEquals("42", send("INCR", "k"));
        assertEquals("'42'", send("GET", "k"));
    }

    @Test
    void noSuchKeyCountsAsZero() {
        assertEquals("1", send("INCR", "k"));
        assertEquals("+string", send("TYPE", "k"));
    }

    @Test
    void digitsComeAndGo() {
        for (long from : new long[] {8, 98, 999_999_998, -2, -10, -11, -100}) {
            send("SET", "k", String.valueOf(from));
            for (long i = 1; i <= 3; i++) {
                assertEquals(String.valueOf(from + i), send("INCR", "k"));
                assertEquals("'" + (from + i) + "'", send("GET", "k"));
            }
        }
    }

    @Test
    void theExpiryStays() {
        send("SET", "k", "9", "EX", "100");
        assertEquals("10", send("INCR", "k"));
        assertEquals("100", send("TTL", "k"));
    }

    @Test
    void theLargestNumberIsReachedAndNotPassed() {
        send("SET", "k", "9223372036854775806");
        assertEquals("9223372036854775807", send("INCR", "k"));
        assertRefused("-ERR increment or decrement would overflow", "k", "INCR", "k");
    }

    @Test
    void theSmallestNumberIsOneToo() {
        send("SET", "k", "-9223372036854775808");
        assertEquals("-9223372036854775807", send("INCR", "k"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 1",
                "1 ",
                "01",
                "+1",
                "-0",
                "1.0",
                "1e3",
                "abc",
                "0x10",
                "9223372036854775808",
                "-",
                "1\u0000"
            })
    void aStringThatIsNoNumberIsRefused(String value) {
        send("SET", "k", value, "EX", "100");
        assertRefused(NOT_AN_INTEGER, "k", "INCR", "k");
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "INCR", "k");
    }

    @Test
    void takesExactlyOneKey() {
        assertEquals("-ERR wrong number of arguments for 'incr' command", send("INCR"));
        assertEquals("-ERR wrong number of arguments for 'incr' command", send("INCR", "k", "1"));
    }
}

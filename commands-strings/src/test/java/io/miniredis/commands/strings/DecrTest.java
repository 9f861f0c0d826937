package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class DecrTest extends CommandTest {
    @Test
    void takesOne() {
        send("SET", "k", "10");
        assertEquals("9", send("DECR", "k"));
        assertEquals("-1", send("DECR", "new"));
        assertEquals("'-1'", send("GET", "new"));
    }

    @Test
    void theSmallestNumberIsReachedAndNotPassed() {
        send("SET", "k", "-9223372036854775807");
        assertEquals("-9223372036854775808", send("DECR", "k"));
        assertRefused("-ERR increment or decrement would overflow", "k", "DECR", "k");
    }

    @Test
    void whatIsNoNumberIsRefused() {
        send("SET", "k", "abc");
        assertRefused(NOT_AN_INTEGER, "k", "DECR", "k");
        send("TESTKIT.OTHER", "other");
        assertRefused(WRONG_TYPE, "other", "DECR", "other");
    }
}

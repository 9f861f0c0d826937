package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class DecrbyTest extends CommandTest {
    @Test
    void takesAnyNumber() {
        send("SET", "k", "10");
        assertEquals("5", send("DECRBY", "k", "5"));
        assertEquals("25", send("DECRBY", "k", "-20"));
        assertEquals("-9223372036854775807", send("DECRBY", "new", "9223372036854775807"));
    }

    @Test
    void overflowIsRefused() {
        send("SET", "k", "-2");
        assertRefused("-ERR increment or decrement would overflow", "k", "DECRBY", "k", "9223372036854775807");
    }

    /** It has no positive counterpart; Redis has a text for it. */
    @Test
    void theSmallestDecrementIsRefused() {
        send("SET", "k", "-1");
        assertRefused("-ERR decrement would overflow", "k", "DECRBY", "k", "-9223372036854775808");
    }

    @Test
    void theDecrementIsCheckedBeforeTheKey() {
        send("TESTKIT.OTHER", "k");
        assertRefused(NOT_AN_INTEGER, "k", "DECRBY", "k", "abc");
        assertRefused("-ERR decrement would overflow", "k", "DECRBY", "k", "-9223372036854775808");
        assertRefused(WRONG_TYPE, "k", "DECRBY", "k", "1");
    }
}

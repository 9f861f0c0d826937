package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class IncrbyTest extends CommandTest {
    @Test
    void addsAnyNumber() {
        send("SET", "k", "10");
        assertEquals("15", send("INCRBY", "k", "5"));
        assertEquals("-5", send("INCRBY", "k", "-20"));
        assertEquals("-5", send("INCRBY", "k", "0"));
        assertEquals("-9223372036854775808", send("INCRBY", "new", "-9223372036854775808"));
    }

    @Test
    void overflowIsRefusedInBothDirections() {
        send("SET", "k", "1");
        assertRefused("-ERR increment or decrement would overflow", "k", "INCRBY", "k", "9223372036854775807");
        send("SET", "k", "-1");
        assertRefused("-ERR increment or decrement would overflow", "k", "INCRBY", "k", "-9223372036854775808");
    }

    @Test
    void theIncrementIsCheckedBeforeTheKey() {
        send("TESTKIT.OTHER", "k");
        assertRefused(NOT_AN_INTEGER, "k", "INCRBY", "k", "abc");
        assertRefused(WRONG_TYPE, "k", "INCRBY", "k", "1");
    }
}

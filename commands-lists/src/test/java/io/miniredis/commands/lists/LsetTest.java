package io.miniredis.commands.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class LsetTest extends CommandTest {
    @Test
    void replacesAnElement() {
        send("RPUSH", "l", "a", "b", "c");
        assertEquals("+OK", send("LSET", "l", "1", "longer than before"));
        assertEquals("+OK", send("LSET", "l", "-1", ""));
        assertEquals("['a', 'longer than before', '']", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void indexesHaveLimits() {
        send("RPUSH", "l", "a");
        assertRefused("-ERR index out of range", "l", "LSET", "l", "1", "x");
        assertRefused("-ERR index out of range", "l", "LSET", "l", "-2", "x");
        assertRefused(NOT_AN_INTEGER, "l", "LSET", "l", "a", "x");
    }

    @Test
    void needsAKey() {
        assertEquals("-ERR no such key", send("LSET", "l", "0", "x"));
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "LSET", "k", "0", "v");
    }
}

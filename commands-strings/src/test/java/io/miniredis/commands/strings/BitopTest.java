package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class BitopTest extends CommandTest {
    @Test
    void combines() {
        send("MSET", "a", "\u00f0\u000f", "b", "\u00ff");
        assertEquals("2", send("BITOP", "AND", "r", "a", "b"));
        assertEquals("'\u00f0\u0000'", send("GET", "r"));
        assertEquals("2", send("BITOP", "OR", "r", "a", "b"));
        assertEquals("'\u00ff\u000f'", send("GET", "r"));
        assertEquals("2", send("BITOP", "XOR", "r", "a", "b"));
        assertEquals("'\u000f\u000f'", send("GET", "r"));
        assertEquals("1", send("BITOP", "NOT", "r", "b"));
        assertEquals("'\u0000'", send("GET", "r"));
    }

    @Test
    void withoutBytesTheDestinationGoes() {
        send("SET", "r", "x");
        assertEquals("0", send("BITOP", "OR", "r", "nosuch"));
        assertEquals("0", send("EXISTS", "r"));
    }

    @Test
    void syntax() {
        assertEquals("-ERR syntax error", send("BITOP", "FOO", "r", "a"));
        assertEquals("-ERR BITOP NOT must be called with a single source key.", send("BITOP", "NOT", "r", "a", "b"));
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "other");
        send("SET", "k", "v");
        assertRefused(WRONG_TYPE, "k", "BITOP", "AND", "k", "k", "other");
    }

    @Test
    void theDestinationMayHoldAnything() {
        send("TESTKIT.OTHER", "r");
        send("SET", "a", "x");
        assertEquals("1", send("BITOP", "OR", "r", "a"));
        assertEquals("'x'", send("GET", "r"));
    }
}

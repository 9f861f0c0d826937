package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class GetsetTest extends CommandTest {
    @Test
    void answersTheOldValue() {
        assertEquals("nil", send("GETSET", "k", "a"));
        assertEquals("'a'", send("GETSET", "k", "b"));
        assertEquals("'b'", send("GET", "k"));
    }

    @Test
    void endsTheExpiry() {
        send("SET", "k", "a", "EX", "100");
        send("GETSET", "k", "b");
        assertEquals("-1", send("TTL", "k"));
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "GETSET", "k", "v");
    }
}

package io.miniredis.commands.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class RpoplpushTest extends CommandTest {
    @Test
    void movesTheTailToAHead() {
        send("RPUSH", "l", "a", "b");
        send("RPUSH", "m", "x");
        assertEquals("'b'", send("RPOPLPUSH", "l", "m"));
        assertEquals("['b', 'x']", send("LRANGE", "m", "0", "-1"));
    }

    @Test
    void rotatesAList() {
        send("RPUSH", "l", "a", "b", "c");
        assertEquals("'c'", send("RPOPLPUSH", "l", "l"));
        assertEquals("['c', 'a', 'b']", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void noSuchSource() {
        assertEquals("nil", send("RPOPLPUSH", "l", "m"));
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "RPOPLPUSH", "k", "m");
    }
}

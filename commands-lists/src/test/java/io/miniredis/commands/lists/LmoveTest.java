package io.miniredis.commands.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class LmoveTest extends CommandTest {
    @Test
    void movesFromEndToEnd() {
        send("RPUSH", "l", "a", "b", "c");
        send("RPUSH", "m", "x");
        assertEquals("'a'", send("LMOVE", "l", "m", "LEFT", "RIGHT"));
        assertEquals("'c'", send("LMOVE", "l", "m", "RIGHT", "LEFT"));
        assertEquals("['b']", send("LRANGE", "l", "0", "-1"));
        assertEquals("['c', 'x', 'a']", send("LRANGE", "m", "0", "-1"));
    }

    @Test
    void rotatesAList() {
        send("RPUSH", "l", "a", "b", "c");
        assertEquals("'a'", send("LMOVE", "l", "l", "LEFT", "RIGHT"));
        assertEquals("['b', 'c', 'a']", send("LRANGE", "l", "0", "-1"));
        assertEquals("'b'", send("LMOVE", "l", "l", "LEFT", "LEFT"));
        assertEquals("['b', 'c', 'a']", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void theOnlyElementMayRotate() {
        send("RPUSH", "l", "a");
        assertEquals("'a'", send("LMOVE", "l", "l", "LEFT", "RIGHT"));
        assertEquals("['a']", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void theLastElementTakesItsKeyAlong() {
        send("RPUSH", "l", "a");
        assertEquals("'a'", send("LMOVE", "l", "m", "LEFT", "RIGHT"));
        assertEquals("0", send("EXISTS", "l"));
    }

    @Test
    void noSuchSource() {
        send("TESTKIT.OTHER", "k");
        assertEquals("nil", send("LMOVE", "l", "k", "LEFT", "LEFT"));
    }

    @Test
    void anotherTypeAsDestinationKeepsTheElement() {
        send("RPUSH", "l", "a");
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "l", "LMOVE", "l", "k", "LEFT", "LEFT");
    }

    @Test
    void syntax() {
        send("RPUSH", "l", "a");
        assertRefused("-ERR syntax error", "l", "LMOVE", "l", "m", "UP", "LEFT");
    }
}

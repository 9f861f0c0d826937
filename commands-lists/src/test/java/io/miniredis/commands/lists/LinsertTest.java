package io.miniredis.commands.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class LinsertTest extends CommandTest {
    @Test
    void insertsBesideThePivot() {
        send("RPUSH", "l", "a", "b", "a");
        assertEquals("4", send("LINSERT", "l", "BEFORE", "b", "x"));
        assertEquals("5", send("LINSERT", "l", "after", "a", "y"));
        assertEquals("['a', 'y', 'x', 'b', 'a']", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void noPivotChangesNothing() {
        send("RPUSH", "l", "a");
        assertEquals("-1", send("LINSERT", "l", "BEFORE", "z", "x"));
        assertEquals("['a']", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void noSuchKey() {
        assertEquals("0", send("LINSERT", "l", "BEFORE", "a", "b"));
        assertEquals("0", send("EXISTS", "l"));
    }

    @Test
    void syntax() {
        send("RPUSH", "l", "a");
        assertRefused("-ERR syntax error", "l", "LINSERT", "l", "BESIDE", "a", "x");
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "LINSERT", "k", "BEFORE", "a", "b");
    }
}

package io.miniredis.commands.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class LtrimTest extends CommandTest {
    @Test
    void keepsARange() {
        send("RPUSH", "l", "a", "b", "c", "d");
        assertEquals("+OK", send("LTRIM", "l", "1", "-2"));
        assertEquals("['b', 'c']", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void anEmptyRangeRemovesTheKey() {
        send("RPUSH", "l", "a", "b");
        assertEquals("+OK", send("LTRIM", "l", "5", "9"));
        assertEquals("0", send("EXISTS", "l"));
    }

    @Test
    void whatIsOutsideIsLeftOut() {
        send("RPUSH", "l", "a", "b");
        assertEquals("+OK", send("LTRIM", "l", "-100", "100"));
        assertEquals("['a', 'b']", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void noSuchKeyIsFine() {
        assertEquals("+OK", send("LTRIM", "l", "0", "1"));
    }

    @Test
    void indexesAreIntegers() {
        send("RPUSH", "l", "a");
        assertRefused(NOT_AN_INTEGER, "l", "LTRIM", "l", "a", "1");
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "LTRIM", "k", "0", "1");
    }
}

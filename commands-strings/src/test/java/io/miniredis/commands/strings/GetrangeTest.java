package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class GetrangeTest extends CommandTest {
    @Test
    void bothEndsAreIncluded() {
        send("SET", "k", "Hello World");
        assertEquals("'Hell'", send("GETRANGE", "k", "0", "3"));
        assertEquals("'ld'", send("GETRANGE", "k", "-2", "-1"));
        assertEquals("'Hello World'", send("GETRANGE", "k", "0", "-1"));
    }

    @Test
    void whatIsOutsideIsLeftOut() {
        send("SET", "k", "abc");
        assertEquals("'bc'", send("GETRANGE", "k", "1", "100"));
        assertEquals("'abc'", send("GETRANGE", "k", "-100", "100"));
        assertEquals("''", send("GETRANGE", "k", "3", "100"));
        assertEquals("''", send("GETRANGE", "k", "2", "1"));
        assertEquals("'a'", send("GETRANGE", "k", "-100", "-50"));
        assertEquals("''", send("GETRANGE", "k", "-1", "-3"));
    }

    @Test
    void noSuchKeyIsEmpty() {
        assertEquals("''", send("GETRANGE", "k", "0", "-1"));
    }

    @Test
    void endsAreIntegers() {
        assertEquals(NOT_AN_INTEGER, send("GETRANGE", "k", "a", "1"));
        assertEquals(NOT_AN_INTEGER, send("GETRANGE", "k", "1", "a"));
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "GETRANGE", "k", "0", "1");
    }
}

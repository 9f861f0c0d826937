package io.miniredis.commands.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class LindexTest extends CommandTest {
    @Test
    void countsFromBothEnds() {
        send("RPUSH", "l", "a", "b", "c");
        assertEquals("'a'", send("LINDEX", "l", "0"));
        assertEquals("'c'", send("LINDEX", "l", "-1"));
        assertEquals("'b'", send("LINDEX", "l", "-2"));
        assertEquals("nil", send("LINDEX", "l", "3"));
        assertEquals("nil", send("LINDEX", "l", "-4"));
    }

    @Test
    void noSuchKeyIsNullWhateverTheIndex() {
        assertEquals("nil", send("LINDEX", "l", "abc"));
    }

    @Test
    void theIndexIsAnInteger() {
        send("RPUSH", "l", "a");
        assertEquals(NOT_AN_INTEGER, send("LINDEX", "l", "abc"));
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "LINDEX", "k", "0");
    }
}

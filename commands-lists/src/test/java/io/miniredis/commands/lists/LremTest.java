package io.miniredis.commands.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class LremTest extends CommandTest {
    @Test
    void removesFromEitherEnd() {
        send("RPUSH", "l", "a", "b", "a", "c", "a");
        assertEquals("1", send("LREM", "l", "1", "a"));
        assertEquals("['b', 'a', 'c', 'a']", send("LRANGE", "l", "0", "-1"));
        assertEquals("1", send("LREM", "l", "-1", "a"));
        assertEquals("['b', 'a', 'c']", send("LRANGE", "l", "0", "-1"));
        assertEquals("1", send("LREM", "l", "0", "a"));
        assertEquals("['b', 'c']", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void aListWithoutElementsIsNoMore() {
        send("RPUSH", "l", "a", "a");
        assertEquals("2", send("LREM", "l", "0", "a"));
        assertEquals("0", send("EXISTS", "l"));
    }

    @Test
    void nothingFound() {
        send("RPUSH", "l", "a");
        assertEquals("0", send("LREM", "l", "0", "b"));
        assertEquals("0", send("LREM", "nosuch", "0", "b"));
    }

    @Test
    void theCountIsAnInteger() {
        assertEquals(NOT_AN_INTEGER, send("LREM", "l", "a", "x"));
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "LREM", "k", "0", "a");
    }
}

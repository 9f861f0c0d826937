package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class MsetTest extends CommandTest {
    @Test
    void storesAll() {
        assertEquals("+OK", send("MSET", "a", "1", "b", "2"));
        assertEquals("['1', '2']", send("MGET", "a", "b"));
    }

    @Test
    void ofAKeyGivenTwiceTheLastValueStays() {
        send("MSET", "a", "1", "a", "2");
        assertEquals("'2'", send("GET", "a"));
        assertEquals("1", send("DBSIZE"));
    }

    @Test
    void replacesAnyTypeAndEndsTheExpiry() {
        send("TESTKIT.OTHER", "a");
        send("SET", "b", "old", "EX", "100");
        assertEquals("+OK", send("MSET", "a", "1", "b", "2"));
        assertEquals("['1', '2']", send("MGET", "a", "b"));
        assertEquals("-1", send("TTL", "b"));
    }

    @Test
    void aMissingValueIsRefusedAndNothingIsStored() {
        send("SET", "a", "old");
        assertRefused("-ERR wrong number of arguments for 'mset' command", "a", "MSET", "a", "1", "b");
        assertRefused("-ERR wrong number of arguments for 'mset' command", "a", "MSET", "a");
        assertEquals("0", send("EXISTS", "b"));
    }
}

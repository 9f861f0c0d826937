package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class BitcountTest extends CommandTest {
    @Test
    void countsAll() {
        send("SET", "k", "foobar");
        assertEquals("26", send("BITCOUNT", "k"));
    }

    @Test
    void countsAPart() {
        send("SET", "k", "foobar");
        assertEquals("4", send("BITCOUNT", "k", "0", "0"));
        assertEquals("6", send("BITCOUNT", "k", "1", "1", "BYTE"));
        assertEquals("17", send("BITCOUNT", "k", "5", "30", "BIT"));
        assertEquals("0", send("BITCOUNT", "k", "3", "1"));
    }

    @Test
    void noSuchKeyIsEmptyWhateverThePart() {
        assertEquals("0", send("BITCOUNT", "k", "a", "b"));
    }

    @Test
    void syntax() {
        send("SET", "k", "v");
        assertEquals("-ERR syntax error", send("BITCOUNT", "k", "0"));
        assertEquals("-ERR syntax error", send("BITCOUNT", "k", "0", "1", "FOO"));
        assertEquals(NOT_AN_INTEGER, send("BITCOUNT", "k", "a", "1"));
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "BITCOUNT", "k");
    }
}

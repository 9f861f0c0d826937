package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class BitposTest extends CommandTest {
    @Test
    void findsTheFirst() {
        send("SET", "k", "\u00ff\u00f0\u0000");
        assertEquals("12", send("BITPOS", "k", "0"));
        assertEquals("0", send("BITPOS", "k", "1"));
        assertEquals("-1", send("BITPOS", "k", "1", "2"));
        assertEquals("13", send("BITPOS", "k", "0", "13", "-1", "BIT"));
    }

    @Test
    void zerosFollowAStringWithoutAnEnd() {
        send("SET", "k", "\u00ff\u00ff");
        assertEquals("16", send("BITPOS", "k", "0"));
        assertEquals("-1", send("BITPOS", "k", "0", "0", "-1"));
    }

    @Test
    void noSuchKeyIsNothingButZeros() {
        assertEquals("0", send("BITPOS", "k", "0"));
        assertEquals("-1", send("BITPOS", "k", "1"));
    }

    @Test
    void theBitIsZeroOrOne() {
        assertEquals("-ERR The bit argument must be 1 or 0.", send("BITPOS", "k", "2"));
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "BITPOS", "k", "1");
    }
}

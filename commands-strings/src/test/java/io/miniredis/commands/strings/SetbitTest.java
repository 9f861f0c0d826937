package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class SetbitTest extends CommandTest {
    @Test
    void theFirstBitIsTheHighest() {
        assertEquals("0", send("SETBIT", "k", "0", "1"));
        assertEquals("'\u0080'", send("GET", "k"));
        assertEquals("1", send("SETBIT", "k", "0", "0"));
        assertEquals("'\u0000'", send("GET", "k"));
    }

    @Test
    void theStringGrows() {
        assertEquals("0", send("SETBIT", "k", "23", "1"));
        assertEquals("3", send("STRLEN", "k"));
        assertEquals("0", send("SETBIT", "k", "80000", "1"));
        assertEquals("10001", send("STRLEN", "k"));
        assertEquals("2", send("BITCOUNT", "k"));
    }

    @Test
    void offsetAndBitHaveLimits() {
        send("SET", "k", "v");
        String offset = "-ERR bit offset is not an integer or out of range";
        assertRefused(offset, "k", "SETBIT", "k", "-1", "1");
        assertRefused(offset, "k", "SETBIT", "k", "4294967296", "1");
        assertRefused(offset, "k", "SETBIT", "k", "a", "1");
        assertRefused("-ERR bit is not an integer or out of range", "k", "SETBIT", "k", "0", "2");
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "SETBIT", "k", "0", "1");
    }
}

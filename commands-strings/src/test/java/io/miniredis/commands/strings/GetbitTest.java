package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class GetbitTest extends CommandTest {
    @Test
    void readsABit() {
        send("SET", "k", "@");
        assertEquals("0", send("GETBIT", "k", "0"));
        assertEquals("1", send("GETBIT", "k", "1"));
        assertEquals("0", send("GETBIT", "k", "8"));
        assertEquals("0", send("GETBIT", "nosuch", "3"));
    }

    @Test
    void offsetsHaveLimits() {
        assertEquals("-ERR bit offset is not an integer or out of range", send("GETBIT", "k", "-1"));
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "GETBIT", "k", "0");
    }
}

package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class BitfieldRoTest extends CommandTest {
    @Test
    void reads() {
        send("SET", "k", "A");
        assertEquals("[65]", send("BITFIELD_RO", "k", "GET", "u8", "0"));
    }

    @Test
    void doesNotWrite() {
        send("SET", "k", "A");
        assertRefused(
                "-ERR BITFIELD_RO only supports the GET subcommand", "k", "BITFIELD_RO", "k", "SET", "u8", "0", "1");
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "BITFIELD_RO", "k", "GET", "u8", "0");
    }
}

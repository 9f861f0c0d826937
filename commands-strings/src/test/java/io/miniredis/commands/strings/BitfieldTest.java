package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class BitfieldTest extends CommandTest {
    @Test
    void readsAndWritesIntegersOfAnyWidth() {
        assertEquals(
                "[0, 255, -1, 15]",
                send("BITFIELD", "k", "SET", "u8", "0", "255", "GET", "u8", "0", "GET", "i8", "0", "GET", "u4", "2"));
    }

    @Test
    void hashCountsFields() {
        send("BITFIELD", "k", "SET", "u8", "#1", "65");
        assertEquals("'\u0000A'", send("GET", "k"));
    }

    @Test
    void overflowWrapsSaturatesOrFails() {
        assertEquals("[1]", send("BITFIELD", "k", "INCRBY", "u2", "0", "5"));
        assertEquals("[3]", send("BITFIELD", "k", "OVERFLOW", "SAT", "INCRBY", "u2", "0", "5"));
        assertEquals(
                "[nil, 2]",
                send("BITFIELD", "k", "OVERFLOW", "FAIL", "INCRBY", "u2", "0", "5", "INCRBY", "u2", "0", "-1"));
    }

    /** A defect of Redis that its clients see. */
    @Test
    void theVerySmallestNumbersSaturateAsIfTheyWereLarge() {
        String set = "-9223372036854775808";
        assertEquals("[0, 127]", send("BITFIELD", "k", "OVERFLOW", "SAT", "SET", "i8", "0", set, "GET", "i8", "0"));
        String greater = "-9223372036854775680";
        assertEquals(
                "[127, -128]", send("BITFIELD", "k", "OVERFLOW", "SAT", "SET", "i8", "0", greater, "GET", "i8", "0"));
        assertEquals(
                "[0, " + set + "]",
                send("BITFIELD", "l", "OVERFLOW", "SAT", "SET", "i64", "0", set, "GET", "i64", "0"));
    }

    @Test
    void onlyReadingCreatesNothing() {
        assertEquals("[0]", send("BITFIELD", "k", "GET", "u8", "0"));
        assertEquals("0", send("EXISTS", "k"));
        assertEquals("[]", send("BITFIELD", "k"));
    }

    @Test
    void oneBadOperationRefusesAll() {
        send("SET", "k", "v");
        assertRefused("-ERR syntax error", "k", "BITFIELD", "k", "SET", "u8", "0", "1", "FOO");
        assertRefused(
                "-ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but i64 is.",
                "k",
                "BITFIELD",
                "k",
                "SET",
                "u8",
                "0",
                "1",
                "GET",
                "u64",
                "0");
        assertRefused("-ERR Invalid OVERFLOW type specified", "k", "BITFIELD", "k", "OVERFLOW", "FOO");
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "BITFIELD", "k", "SET", "u8", "0", "1");
    }
}

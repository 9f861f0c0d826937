package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class SetnxTest extends CommandTest {
    @Test
    void storesOnlyIfThereIsNoSuchKey() {
        assertEquals("1", send("SETNX", "k", "a"));
        assertEquals("0", send("SETNX", "k", "b"));
        assertEquals("'a'", send("GET", "k"));
        send("TESTKIT.OTHER", "other");
        assertEquals("0", send("SETNX", "other", "v"));
    }
}

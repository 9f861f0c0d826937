package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class MsetnxTest extends CommandTest {
    @Test
    void storesAllOrNothing() {
        assertEquals("1", send("MSETNX", "a", "1", "b", "2"));
        assertEquals("0", send("MSETNX", "c", "3", "b", "4"));
        assertEquals("['1', '2', nil]", send("MGET", "a", "b", "c"));
    }

    @Test
    void eachKeyNeedsAValue() {
        assertEquals("-ERR wrong number of arguments for 'msetnx' command", send("MSETNX", "a", "1", "b"));
    }
}

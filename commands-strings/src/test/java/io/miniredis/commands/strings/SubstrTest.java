package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class SubstrTest extends CommandTest {
    @Test
    void isAnotherNameOfGetrange() {
        send("SET", "k", "Hello World");
        assertEquals("'Hello'", send("SUBSTR", "k", "0", "4"));
        assertEquals("'ld'", send("SUBSTR", "k", "-2", "-1"));
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "SUBSTR", "k", "0", "1");
    }
}

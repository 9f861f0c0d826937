package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class StrlenTest extends CommandTest {
    @Test
    void countsBytes() {
        send("SET", "k", "a\u0000\u00ff");
        assertEquals("3", send("STRLEN", "k"));
    }

    @Test
    void noSuchKeyIsEmpty() {
        assertEquals("0", send("STRLEN", "k"));
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "STRLEN", "k");
    }
}

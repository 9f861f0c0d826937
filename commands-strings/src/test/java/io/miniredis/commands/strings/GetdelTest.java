package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class GetdelTest extends CommandTest {
    @Test
    void readsAndRemoves() {
        send("SET", "k", "a");
        assertEquals("'a'", send("GETDEL", "k"));
        assertEquals("nil", send("GETDEL", "k"));
        assertEquals("0", send("EXISTS", "k"));
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "GETDEL", "k");
    }
}

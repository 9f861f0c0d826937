package io.miniredis.commands.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class LlenTest extends CommandTest {
    @Test
    void countsTheElements() {
        send("RPUSH", "l", "a", "b", "c");
        assertEquals("3", send("LLEN", "l"));
        send("LPOP", "l");
        assertEquals("2", send("LLEN", "l"));
    }

    @Test
    void noSuchListHasNone() {
        assertEquals("0", send("LLEN", "l"));
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "l");
        assertEquals(WRONG_TYPE, send("LLEN", "l"));
    }

    @Test
    void takesExactlyOneKey() {
        assertEquals("-ERR wrong number of arguments for 'llen' command", send("LLEN"));
        assertEquals("-ERR wrong number of arguments for 'llen' command", send("LLEN", "a", "b"));
    }
}

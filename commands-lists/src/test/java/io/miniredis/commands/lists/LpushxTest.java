package io.miniredis.commands.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class LpushxTest extends CommandTest {
    @Test
    void pushesOntoAListThatIsThere() {
        send("RPUSH", "l", "x");
        assertEquals("3", send("LPUSHX", "l", "a", "b"));
        assertEquals("['b', 'a', 'x']", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void noSuchKeyStaysAbsent() {
        assertEquals("0", send("LPUSHX", "l", "a"));
        assertEquals("0", send("EXISTS", "l"));
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "LPUSHX", "k", "v");
    }
}

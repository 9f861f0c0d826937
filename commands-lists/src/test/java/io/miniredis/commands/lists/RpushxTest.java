package io.miniredis.commands.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class RpushxTest extends CommandTest {
    @Test
    void pushesOntoAListThatIsThere() {
        send("RPUSH", "l", "x");
        assertEquals("3", send("RPUSHX", "l", "a", "b"));
        assertEquals("['x', 'a', 'b']", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void noSuchKeyStaysAbsent() {
        assertEquals("0", send("RPUSHX", "l", "a"));
        assertEquals("0", send("EXISTS", "l"));
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "RPUSHX", "k", "v");
    }
}

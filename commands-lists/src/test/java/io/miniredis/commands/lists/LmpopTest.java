package io.miniredis.commands.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class LmpopTest extends CommandTest {
    @Test
    void popsFromTheFirstListThatThereIs() {
        send("RPUSH", "l", "a", "b", "c");
        assertEquals("['l', ['a']]", send("LMPOP", "2", "nosuch", "l", "LEFT"));
        assertEquals("['l', ['c', 'b']]", send("LMPOP", "1", "l", "RIGHT", "COUNT", "9"));
        assertEquals("0", send("EXISTS", "l"));
    }

    @Test
    void noneIsANullArray() {
        assertEquals("nil-array", send("LMPOP", "1", "l", "LEFT"));
    }

    @Test
    void countsArePositive() {
        assertEquals("-ERR numkeys should be greater than 0", send("LMPOP", "0", "l", "LEFT"));
        assertEquals("-ERR count should be greater than 0", send("LMPOP", "1", "l", "LEFT", "COUNT", "0"));
        assertEquals("-ERR syntax error", send("LMPOP", "2", "l", "LEFT"));
    }

    @Test
    void anotherTypeIsRefusedWhereItIsLookedAt() {
        send("RPUSH", "l", "a");
        send("TESTKIT.OTHER", "k");
        assertEquals("['l', ['a']]", send("LMPOP", "2", "l", "k", "LEFT"));
        assertRefused(WRONG_TYPE, "k", "LMPOP", "2", "l", "k", "LEFT");
    }
}

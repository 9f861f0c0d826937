package io.miniredis.commands.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class LposTest extends CommandTest {
    @Test
    void findsTheFirst() {
        send("RPUSH", "l", "a", "b", "c", "b");
        assertEquals("1", send("LPOS", "l", "b"));
        assertEquals("nil", send("LPOS", "l", "z"));
    }

    @Test
    void rankBeginsLaterOrFromTheTail() {
        send("RPUSH", "l", "a", "b", "c", "b");
        assertEquals("3", send("LPOS", "l", "b", "RANK", "2"));
        assertEquals("3", send("LPOS", "l", "b", "RANK", "-1"));
        assertEquals("1", send("LPOS", "l", "b", "RANK", "-2"));
    }

    @Test
    void countFindsSeveral() {
        send("RPUSH", "l", "a", "b", "c", "b");
        assertEquals("[1, 3]", send("LPOS", "l", "b", "COUNT", "0"));
        assertEquals("[1]", send("LPOS", "l", "b", "COUNT", "1"));
        assertEquals("[3, 1]", send("LPOS", "l", "b", "COUNT", "5", "RANK", "-1"));
        assertEquals("[]", send("LPOS", "l", "z", "COUNT", "1"));
    }

    @Test
    void maxlenLimitsTheSearch() {
        send("RPUSH", "l", "a", "b", "c", "b");
        assertEquals("nil", send("LPOS", "l", "b", "MAXLEN", "1"));
        assertEquals("[1]", send("LPOS", "l", "b", "COUNT", "0", "MAXLEN", "3"));
    }

    @Test
    void noSuchKey() {
        assertEquals("nil", send("LPOS", "l", "a"));
        assertEquals("[]", send("LPOS", "l", "a", "COUNT", "1"));
    }

    @Test
    void badOptionsAreRefused() {
        assertEquals("-ERR syntax error", send("LPOS", "l", "a", "RANK"));
        assertEquals("-ERR COUNT can't be negative", send("LPOS", "l", "a", "COUNT", "-1"));
        assertEquals("-ERR MAXLEN can't be negative", send("LPOS", "l", "a", "MAXLEN", "-1"));
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "LPOS", "k", "a");
    }
}

package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class AppendTest extends CommandTest {
    @Test
    void addsToTheEnd() {
        send("SET", "k", "ab");
        assertEquals("4", send("APPEND", "k", "cd"));
        assertEquals("'abcd'", send("GET", "k"));
    }

    @Test
    void noSuchKeyCountsAsEmpty() {
        assertEquals("2", send("APPEND", "k", "ab"));
        assertEquals("'ab'", send("GET", "k"));
        assertEquals("0", send("APPEND", "empty", ""));
        assertEquals("1", send("EXISTS", "empty"));
    }

    @Test
    void keepsTheExpiry() {
        send("SET", "k", "a", "EX", "100");
        send("APPEND", "k", "b");
        assertEquals("100", send("TTL", "k"));
    }

    @Test
    void nowItIsNoNumberToRedis() {
        send("SET", "k", "1");
        assertEquals("'int'", send("OBJECT", "ENCODING", "k"));
        send("APPEND", "k", "2");
        assertEquals("'raw'", send("OBJECT", "ENCODING", "k"));
        assertEquals("13", send("INCR", "k"));
        assertEquals("'int'", send("OBJECT", "ENCODING", "k"));
    }

    @Test
    void growsFromShortToVeryLong() {
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            String part = "part " + i;
            expected.append(part);
            assertEquals(String.valueOf(expected.length()), send("APPEND", "k", part));
        }
        assertEquals("'" + expected + "'", send("GET", "k"));
    }

    @Test
    void mayGrowToTheLimitAndNotBeyond() {
        send("CONFIG", "SET", "proto-max-bulk-len", "1mb");
        send("SET", "k", "x".repeat(1 << 20));
        assertRefused("-ERR string exceeds maximum allowed size (proto-max-bulk-len)", "k", "APPEND", "k", "y");
        assertEquals("1048576", send("APPEND", "k", ""));
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "APPEND", "k", "v");
    }
}

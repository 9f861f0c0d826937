package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class IncrbyfloatTest extends CommandTest {
    @Test
    void adds() {
        send("SET", "k", "10.50");
        assertEquals("'10.6'", send("INCRBYFLOAT", "k", "0.1"));
        assertEquals("'5.6'", send("INCRBYFLOAT", "k", "-5"));
    }

    @Test
    void noSuchKeyCountsAsZero() {
        assertEquals("'3'", send("INCRBYFLOAT", "k", "3.0"));
    }

    @Test
    void exponentsAreRead() {
        send("SET", "k", "5.0e3");
        assertEquals("'5200'", send("INCRBYFLOAT", "k", "2.0e2"));
    }

    @Test
    void keepsTheExpiry() {
        send("SET", "k", "1", "EX", "100");
        send("INCRBYFLOAT", "k", "1");
        assertEquals("100", send("TTL", "k"));
    }

    @Test
    void isNoIntegerToRedisEvenIfItLooksLikeOne() {
        send("INCRBYFLOAT", "k", "3");
        assertEquals("'embstr'", send("OBJECT", "ENCODING", "k"));
        send("INCR", "k");
        assertEquals("'int'", send("OBJECT", "ENCODING", "k"));
    }

    @Test
    void whatIsNoNumberIsRefused() {
        send("SET", "k", "abc");
        assertRefused("-ERR value is not a valid float", "k", "INCRBYFLOAT", "k", "1");
        send("SET", "k", "1");
        assertRefused("-ERR value is not a valid float", "k", "INCRBYFLOAT", "k", "1 ");
        assertRefused("-ERR increment would produce NaN or Infinity", "k", "INCRBYFLOAT", "k", "inf");
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "INCRBYFLOAT", "k", "1");
    }
}

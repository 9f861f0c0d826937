package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class GetexTest extends CommandTest {
    @Test
    void withoutAnOptionItIsGet() {
        send("SET", "k", "v", "EX", "100");
        assertEquals("'v'", send("GETEX", "k"));
        assertEquals("100", send("TTL", "k"));
    }

    @Test
    void changesTheExpiry() {
        send("SET", "k", "v");
        assertEquals("'v'", send("GETEX", "k", "EX", "10"));
        assertEquals("10000", send("PTTL", "k"));
        assertEquals("'v'", send("GETEX", "k", "PX", "5"));
        assertEquals("5", send("PTTL", "k"));
        assertEquals("'v'", send("GETEX", "k", "EXAT", "33177117420"));
        assertEquals("33177117420", send("EXPIRETIME", "k"));
        assertEquals("'v'", send("GETEX", "k", "PXAT", "33177117420123"));
        assertEquals("33177117420123", send("PEXPIRETIME", "k"));
        assertEquals("'v'", send("GETEX", "k", "PERSIST"));
        assertEquals("-1", send("TTL", "k"));
    }

    @Test
    void aMomentInThePastRemovesTheKey() {
        send("SET", "k", "v");
        assertEquals("'v'", send("GETEX", "k", "PXAT", "1"));
        assertEquals("0", send("EXISTS", "k"));
    }

    @Test
    void noSuchKeyIsNullWhateverTheTime() {
        assertEquals("nil", send("GETEX", "k", "EX", "0"));
        assertEquals("-ERR syntax error", send("GETEX", "k", "FOO"));
    }

    @Test
    void contradictionsAreRefused() {
        send("SET", "k", "v", "EX", "7");
        assertRefused("-ERR syntax error", "k", "GETEX", "k", "EX", "1", "PX", "1");
        assertRefused("-ERR syntax error", "k", "GETEX", "k", "PERSIST", "EX", "1");
        assertRefused("-ERR syntax error", "k", "GETEX", "k", "EX");
        assertRefused("-ERR invalid expire time in 'getex' command", "k", "GETEX", "k", "EX", "0");
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "GETEX", "k", "EX", "10");
    }
}

package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SetTest extends CommandTest {
    private static final String SYNTAX_ERROR = "-ERR syntax error";
    private static final String INVALID_EXPIRE = "-ERR invalid expire time in 'set' command";

    @Test
    void storesAndReplaces() {
        assertEquals("+OK", send("SET", "k", "v"));
        assertEquals("+OK", send("SET", "k", "another"));
        assertEquals("'another'", send("GET", "k"));
        assertEquals("1", send("DBSIZE"));
    }

    @Test
    void replacesAValueOfAnyType() {
        send("TESTKIT.OTHER", "k");
        assertEquals("+OK", send("SET", "k", "v"));
        assertEquals("+string", send("TYPE", "k"));
    }

    @Test
    void endsTheOldExpiry() {
        send("SET", "k", "v", "EX", "100");
        send("SET", "k", "v");
        assertEquals("-1", send("TTL", "k"));
    }

    @Test
    void keepTtlKeepsTheOldExpiry() {
        send("SET", "k", "v", "EX", "100");
        assertEquals("+OK", send("SET", "k", "w", "KEEPTTL"));
        assertEquals("100", send("TTL", "k"));
        assertEquals("+OK", send("SET", "new", "v", "KEEPTTL"));
        assertEquals("-1", send("TTL", "new"));
    }

    @Test
    void exAndPxCountFromNow() {
        send("SET", "k", "v", "EX", "10");
        assertEquals("10000", send("PTTL", "k"));
        send("SET", "k", "v", "PX", "1500");
        assertEquals("1500", send("PTTL", "k"));
        server.advance(Duration.ofMillis(1501));
        assertEquals("0", send("EXISTS", "k"));
    }

    @Test
    void exatAndPxatNameAMoment() {
        long nowSeconds = server.nowMillis() / 1000;
        send("SET", "k", "v", "EXAT", String.valueOf(nowSeconds + 5));
        assertEquals(String.valueOf((nowSeconds + 5) * 1000 - server.nowMillis()), send("PTTL", "k"));
        send("SET", "k", "v", "PXAT", String.valueOf(server.nowMillis() + 7));
        assertEquals("7", send("PTTL", "k"));
    }

    @Test
    void aMomentInThePastRemovesTheKey() {
        send("SET", "k", "v");
        assertEquals("+OK", send("SET", "k", "w", "PXAT", "1"));
        assertEquals("nil", send("GET", "k"));
        assertEquals("+OK", send("SET", "k", "w", "EXAT", "1"));
        assertEquals("0", send("EXISTS", "k"));
    }

    @Test
    void thisVeryMomentRemovesTheKeyInTheNextMillisecond() {
        String now = String.valueOf(server.nowMillis());
        assertEquals("+OK", send("SET", "k", "v", "PXAT", now));
        assertEquals("1", send("COPY", "k", "copy"));
        assertEquals("'v'", send("GET", "k"));
        assertEquals("0", send("PTTL", "copy"));
        server.advance(Duration.ofMillis(1));
        assertEquals("0", send("EXISTS", "k", "copy"));
    }

    @Test
    void nxStoresOnlyIfThereIsNoSuchKey() {
        assertEquals("+OK", send("SET", "k", "v", "NX"));
        assertEquals("nil", send("SET", "k", "w", "NX"));
        assertEquals("'v'", send("GET", "k"));
        send("TESTKIT.OTHER", "other");
        assertEquals("nil", send("SET", "other", "w", "NX"));
        assertEquals("+other", send("TYPE", "other"));
    }

    @Test
    void nxStoresOverAnExpiredKey() {
        send("SET", "k", "v", "PX", "1");
        server.advance(Duration.ofMillis(2));
        assertEquals("+OK", send("SET", "k", "w", "NX"));
    }

    @Test
    void xxStoresOnlyIfThereIsSuchAKey() {
        assertEquals("nil", send("SET", "k", "v", "XX"));
        assertEquals("0", send("EXISTS", "k"));
        send("TESTKIT.OTHER", "k");
        assertEquals("+OK", send("SET", "k", "v", "XX"));
        assertEquals("'v'", send("GET", "k"));
    }

    @Test
    void aConditionThatFailsLeavesTheExpiryToo() {
        send("SET", "k", "v", "EX", "100");
        assertEquals("nil", send("SET", "k", "w", "NX", "EX", "5"));
        assertEquals("100", send("TTL", "k"));
    }

    @Test
    void getAnswersTheOldString() {
        assertEquals("nil", send("SET", "k", "v", "GET"));
        assertEquals("'v'", send("SET", "k", "w", "GET"));
        assertEquals("'w'", send("GET", "k"));
    }

    @Test
    void getAnswersTheOldStringWhetherOrNotTheConditionHolds() {
        assertEquals("nil", send("SET", "k", "a", "XX", "GET"));
        assertEquals("0", send("EXISTS", "k"));
        assertEquals("nil", send("SET", "k", "a", "NX", "GET"));
        assertEquals("'a'", send("GET", "k"));
        assertEquals("'a'", send("SET", "k", "b", "NX", "GET"));
        assertEquals("'a'", send("GET", "k"));
        assertEquals("'a'", send("SET", "k", "b", "GET", "XX"));
        assertEquals("'b'", send("GET", "k"));
    }

    @Test
    void getRefusesAnotherType() {
        send("TESTKIT.OTHER", "k");
        assertEquals(WRONG_TYPE, send("SET", "k", "v", "GET"));
        assertEquals(WRONG_TYPE, send("SET", "k", "v", "NX", "GET"));
        assertEquals("+other", send("TYPE", "k"));
    }

    @Test
    void nullsAreThoseOfTheProtocol() {
        assertEquals("$-1\r\n", client.wire("SET", "k", "v", "XX"));
        assertEquals("$-1\r\n", client.wire("SET", "k", "v", "XX", "GET"));
        client.resp3();
        assertEquals("_\r\n", client.wire("SET", "k", "v", "XX"));
        assertEquals("_\r\n", client.wire("SET", "k", "v", "XX", "GET"));
    }

    @Test
    void optionsAreTakenInAnyCaseAndOrder() {
        assertEquals("nil", send("SET", "k", "v", "get", "Ex", "10", "nX"));
        assertEquals("10", send("TTL", "k"));
    }

    @Test
    void anOptionMayComeTwiceAndTheLastTimeCounts() {
        assertEquals("+OK", send("SET", "k", "v", "EX", "10", "EX", "20"));
        assertEquals("20", send("TTL", "k"));
        assertEquals("+OK", send("SET", "k", "v", "KEEPTTL", "KEEPTTL", "XX", "XX"));
        assertEquals("'v'", send("SET", "k", "v", "GET", "GET", "NX", "NX"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NX XX",
                "XX NX",
                "EX 10 PX 10",
                "PX 10 EX 10",
                "EXAT 10 PXAT 10",
                "EX 10 EXAT 10",
                "KEEPTTL EX 10",
                "PX 10 KEEPTTL",
                "EX",
                "NX PXAT",
                "PERSIST",
                "FOO",
                "EX 10 FOO",
                "EX abc FOO",
                "EX 0 XX NX",
                "EX 10 10"
            })
    void optionsThatContradictOrDoNotExistAreRefused(String options) {
        send("SET", "k", "v", "EX", "100");
        assertRefused(SYNTAX_ERROR, "k", ("SET k w " + options).split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EX 0",
                "EX -1",
                "PX 0",
                "PX -9223372036854775808",
                "EXAT 0",
                "PXAT -5",
                "EX 9223372036854775807",
                "EX 9223372036854775",
                "EX 9223372036854774",
                "PX 9223372036854775807",
                "EXAT 9223372036854775807",
                "EXAT 9223372036854776",
                "EX 10 EX 0"
            })
    void aTimeThatIsNotPositiveOrTooLargeIsRefused(String options) {
        send("SET", "k", "v", "EX", "100");
        assertRefused(INVALID_EXPIRE, "k", ("SET k w " + options).split(" "));
    }

    @Test
    void theLargestTimesAreTaken() {
        assertEquals("+OK", send("SET", "k", "v", "EXAT", "9223372036854775"));
        assertEquals("+OK", send("SET", "k", "v", "PXAT", "9223372036854775807"));
        long rest = Long.MAX_VALUE - server.nowMillis();
        assertEquals("+OK", send("SET", "k", "v", "PX", String.valueOf(rest)));
        assertEquals(INVALID_EXPIRE, send("SET", "k", "v", "PX", String.valueOf(rest + 1)));
        assertEquals("+OK", send("SET", "k", "v", "EX", String.valueOf(rest / 1000)));
        assertEquals(INVALID_EXPIRE, send("SET", "k", "v", "EX", String.valueOf(rest / 1000 + 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "1.5", "010", "+1", "1e3", "9223372036854775808"})
    void aTimeThatIsNoNumberIsRefused(String time) {
        send("SET", "k", "v", "EX", "100");
        assertRefused(NOT_AN_INTEGER, "k", "SET", "k", "w", "EX", time);
    }

    @Test
    void theTimeIsCheckedBeforeTheTypeAndTheCondition() {
        send("TESTKIT.OTHER", "k");
        assertEquals(INVALID_EXPIRE, send("SET", "k", "v", "EX", "0", "GET"));
        assertEquals(INVALID_EXPIRE, send("SET", "k", "v", "EX", "0", "NX"));
        assertEquals("+other", send("TYPE", "k"));
    }

    @Test
    void takesAKeyAndAValueAtLeast() {
        assertRefused("-ERR wrong number of arguments for 'set' command", "k", "SET", "k");
    }

    /** A value in its place beside the key, a larger one, one too large for that, and back. */
    @Test
    void aValueMayGrowAndShrink() {
        for (int length : new int[] {3, 5, 100, 10_000, 100_000, 9_000, 50, 0}) {
            assertEquals("+OK", send("SET", "k", "x".repeat(length)));
            assertEquals("'" + "x".repeat(length) + "'", send("GET", "k"));
        }
    }
}

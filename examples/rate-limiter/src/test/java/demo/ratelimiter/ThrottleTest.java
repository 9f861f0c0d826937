package demo.ratelimiter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miniredis.testkit.TestClient;
import io.miniredis.testkit.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ThrottleTest {
    private static final String NOT_AN_INTEGER = "-ERR value is not an integer or out of range";

    private final TestServer server = TestServer.start();
    private final TestClient client = server.connect();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theBurstThenOneEachInterval() {
        assertEquals("[0, 3, 2, -1, 2]", send("THROTTLE", "k", "2", "30", "60"));
        assertEquals("[0, 3, 1, -1, 4]", send("THROTTLE", "k", "2", "30", "60"));
        assertEquals("[0, 3, 0, -1, 6]", send("THROTTLE", "k", "2", "30", "60"));
        assertEquals("[1, 3, 0, 2, 6]", send("THROTTLE", "k", "2", "30", "60"));
        server.advance(Duration.ofMillis(1_999));
        assertEquals("[1, 3, 0, 1, 5]", send("THROTTLE", "k", "2", "30", "60"));
        server.advance(Duration.ofMillis(1));
        assertEquals("[0, 3, 0, -1, 6]", send("THROTTLE", "k", "2", "30", "60"));
    }

    @Test
    void repliesAreIntegersInResp3Too() {
        assertEquals(
                "*5\r\n:0\r\n:1\r\n:0\r\n:-1\r\n:1\r\n",
                server.connect().resp3().wire("THROTTLE", "k", "0", "1", "1"));
    }

    @Test
    void eachKeyHasItsOwnRate() {
        assertEquals("[0, 1, 0, -1, 60]", send("THROTTLE", "a", "0", "1", "60"));
        assertEquals("[0, 1, 0, -1, 60]", send("THROTTLE", "b", "0", "1", "60"));
        assertEquals("[1, 1, 0, 60, 60]", send("THROTTLE", "a", "0", "1", "60"));
    }

    @Test
    void aRequestMayCountForSeveral() {
        assertEquals("[0, 10, 3, -1, 7]", send("THROTTLE", "k", "9", "1", "1", "7"));
        assertEquals("[1, 10, 3, 1, 7]", send("THROTTLE", "k", "9", "1", "1", "4"));
        assertEquals("[0, 10, 0, -1, 10]", send("THROTTLE", "k", "9", "1", "1", "3"));
    }

    @Test
    void aCostOfNothingAsksAndTakesNothing() {
        assertEquals("[0, 3, 3, -1, 0]", send("THROTTLE", "k", "2", "1", "1", "0"));
        assertEquals("0", send("EXISTS", "k"));
        send("THROTTLE", "k", "2", "1", "1", "3");
        String before = state();
        assertEquals("[0, 3, 0, -1, 3]", send("THROTTLE", "k", "2", "1", "1", "0"));
        assertEquals(before, state());
    }

    @Test
    void aCostOverTheLimitIsNeverAllowed() {
        assertEquals("[1, 3, 3, -1, 0]", send("THROTTLE", "k", "2", "1", "1", "4"));
        assertEquals("0", send("EXISTS", "k"));
        assertEquals("[1, 3, 3, -1, 0]", send("THROTTLE", "k", "2", "1", "1", "9223372036854775807"));
    }

    @Test
    void whatIsLimitedChangesNothing() {
        send("THROTTLE", "k", "0", "1", "10");
        String before = state();
        assertEquals("[1, 1, 0, 10, 10]", send("THROTTLE", "k", "0", "1", "10"));
        assertEquals(before, state());
    }

    @Test
    void aKeyGoesWhenItIsAsNew() {
        send("THROTTLE", "k", "4", "1", "10", "2");
        assertEquals("20000", send("PTTL", "k"));
        server.advance(Duration.ofMillis(19_999));
        assertEquals("1", send("EXISTS", "k"));
        server.advance(Duration.ofMillis(2));
        assertEquals("0", send("EXISTS", "k"));
        assertEquals("[0, 5, 4, -1, 10]", send("THROTTLE", "k", "4", "1", "10"));
    }

    @Test
    void ratesOfLessThanAMillisecondAddUp() {
        for (int i = 0; i < 1_000; i++) {
            send("THROTTLE", "k", "999", "1000000", "1");
        }
        assertEquals("[1, 1000, 0, 1, 1]", send("THROTTLE", "k", "999", "1000000", "1"));
        server.advance(Duration.ofMillis(1));
        assertEquals("[0, 1000, 999, -1, 1]", send("THROTTLE", "k", "999", "1000000", "1"));
    }

    @Test
    void theTypeIsItsOwn() {
        send("THROTTLE", "k", "0", "1", "10");
        assertEquals("+arrival", send("TYPE", "k"));
        send("COPY", "k", "copy");
        assertEquals("[1, 1, 0, 10, 10]", send("THROTTLE", "copy", "0", "1", "10"));
    }

    @Test
    void whatIsDumpedIsRestored() {
        send("THROTTLE", "k", "0", "1", "10");
        String dump = send("DUMP", "k");
        assertEquals("+OK", send("RESTORE", "restored", "10000", dump.substring(1, dump.length() - 1)));
        assertEquals("[1, 1, 0, 10, 10]", send("THROTTLE", "restored", "0", "1", "10"));
    }

    @Test
    void countsOnceInATransaction() {
        assertEquals(
                List.of("+OK", "+QUEUED", "+QUEUED", "[[0, 1, 0, -1, 10], [1, 1, 0, 10, 10]]"),
                client.pipeline("MULTI", "THROTTLE k 0 1 10", "THROTTLE k 0 1 10", "EXEC"));
    }

    @Test
    void badArgumentsAreRefused() {
        send("THROTTLE", "k", "1", "1", "10");
        assertRefused(NOT_AN_INTEGER, "x", "1", "1");
        assertRefused(NOT_AN_INTEGER, "1", "1.5", "1");
        assertRefused(NOT_AN_INTEGER, "1", "1", "");
        assertRefused(NOT_AN_INTEGER, "1", "1", "1", "9223372036854775808");
        assertRefused("-ERR burst must not be negative", "-1", "1", "1");
        assertRefused("-ERR rate must be positive", "1", "0", "1");
        assertRefused("-ERR rate must not be more than one in a nanosecond", "1", "1000000001", "1");
        assertRefused("-ERR period must be 1 to 1576800000 seconds", "1", "1", "0");
        assertRefused("-ERR period must be 1 to 1576800000 seconds", "1", "1", "9223372036854775807");
        assertRefused(
                "-ERR burst must not take more than 1576800000 seconds at this rate", "9223372036854775807", "1", "1");
        assertRefused("-ERR cost must not be negative", "1", "1", "1", "-1");
        assertRefused("-ERR wrong number of arguments for 'throttle' command", "1", "1");
        assertRefused("-ERR wrong number of arguments for 'throttle' command", "1", "1", "1", "1", "1");
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused("-WRONGTYPE Operation against a key holding the wrong kind of value", "1", "1", "1");
    }

    private void assertRefused(String error, String... limit) {
        String before = state();
        String[] command = new String[limit.length + 2];
        command[0] = "THROTTLE";
        command[1] = "k";
        System.arraycopy(limit, 0, command, 2, limit.length);
        assertEquals(error, send(command));
        assertEquals(before, state());
    }

    /** All that can be told of the key without changing it. */
    private String state() {
        return send("TYPE", "k") + " " + send("PTTL", "k") + " " + send("OBJECT", "ENCODING", "k");
    }

    private String send(String... args) {
        return client.send(args);
    }
}

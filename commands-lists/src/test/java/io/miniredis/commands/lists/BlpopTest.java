package io.miniredis.commands.lists;

import static io.miniredis.testkit.TestClient.WAITING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miniredis.testkit.TestClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BlpopTest extends CommandTest {
    private final TestClient waiting = server.connect();

    private void assertWaits(TestClient one, String... args) {
        assertEquals(WAITING, one.send(args));
    }

    @Test
    void popsFromTheFirstListThatThereIs() {
        send("RPUSH", "l", "a", "b");
        send("RPUSH", "m", "x");
        assertEquals("['l', 'a']", send("BLPOP", "nosuch", "l", "m", "0"));
        assertEquals("['l', 'b']", send("BRPOP", "nosuch", "l", "m", "0"));
        assertEquals("0", send("EXISTS", "l"));
    }

    @Test
    void waitsForAList() {
        assertWaits(waiting, "BLPOP", "k", "l", "0");
        assertEquals("2", send("RPUSH", "l", "a", "b"));
        assertEquals("['l', 'a']", waiting.receive());
        assertEquals("['b']", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void isServedBeforeThePushersNextCommand() {
        assertWaits(waiting, "BLPOP", "l", "0");
        assertEquals(List.of("1", "0", "nil"), client.pipeline("RPUSH l a", "LLEN l", "LPOP l"));
        assertEquals("['l', 'a']", waiting.receive());
    }

    @Test
    void firstComeFirstServed() {
        TestClient second = server.connect();
        TestClient third = server.connect();
        assertWaits(waiting, "BLPOP", "l", "0");
        assertWaits(second, "BRPOP", "l", "0");
        assertWaits(third, "BLPOP", "l", "0");
        send("RPUSH", "l", "a", "b");
        assertEquals("['l', 'a']", waiting.receive());
        assertEquals("['l', 'b']", second.receive());
        assertEquals(WAITING, third.receive());
        send("RPUSH", "l", "c");
        assertEquals("['l', 'c']", third.receive());
    }

    @Test
    void whoseTurnItIsIsSaidKeyByKey() {
        TestClient second = server.connect();
        assertWaits(waiting, "BLPOP", "k", "l", "0");
        assertWaits(second, "BLPOP", "l", "0");
        send("RPUSH", "k", "x");
        assertEquals("['k', 'x']", waiting.receive());
        send("RPUSH", "l", "y");
        assertEquals("['l', 'y']", second.receive());
    }

    @Test
    void requestsBehindAWaitingOneRunAfterIt() {
        assertEquals(List.of(), waiting.pipeline("BLPOP l 0", "PING"));
        send("RPUSH", "l", "a");
        assertEquals(List.of("['l', 'a']", "+PONG"), waiting.receiveAll());
    }

    @Test
    void timesOut() {
        assertWaits(waiting, "BLPOP", "l", "1.5");
        server.advance(Duration.ofMillis(1500));
        assertEquals(WAITING, waiting.receive());
        server.advance(Duration.ofMillis(1));
        assertEquals("nil-array", waiting.receive());
        send("RPUSH", "l", "a");
        assertEquals("['a']", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void thoseWhoWaitLongestTimeOutFirst() {
        TestClient second = server.connect();
        assertWaits(waiting, "BLPOP", "l", "2");
        assertWaits(second, "BLPOP", "l", "1");
        server.advance(Duration.ofMillis(1001));
        assertEquals("nil-array", second.receive());
        assertEquals(WAITING, waiting.receive());
    }

    @Test
    void timingOutIsNullInResp3() {
        waiting.resp3();
        assertWaits(waiting, "BLPOP", "l", "1");
        server.advance(Duration.ofMillis(1001));
        assertEquals("nil", waiting.receive());
    }

    @Test
    void theReplyIsInTheWaitingClientsProtocolWhoeverServesIt() {
        client.resp3();
        assertWaits(waiting, "BLPOP", "l", "1");
        send("RPUSH", "l", "a");
        assertEquals("['l', 'a']", waiting.receive());
    }

    @Test
    void anotherTypeThatComesUpIsNotWaitedFor() {
        assertWaits(waiting, "BLPOP", "k", "l", "0");
        send("TESTKIT.OTHER", "k");
        assertEquals(WAITING, waiting.receive());
        send("RPUSH", "l", "a");
        assertEquals("['l', 'a']", waiting.receive());
    }

    @Test
    void anotherTypeIsRefusedWhereItIsLookedAt() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "BLPOP", "l", "k", "0");
    }

    @ParameterizedTest
    @CsvSource({"SORT m ALPHA STORE l", "RENAME m l", "COPY m l", "LMOVE m l LEFT LEFT", "RPOPLPUSH m l"})
    void isWokenByWhateverMakesTheList(String words) {
        send("RPUSH", "m", "a");
        assertWaits(waiting, "BLPOP", "l", "0");
        send(words.split(" "));
        assertEquals("['l', 'a']", waiting.receive());
    }

    @Test
    void isWokenByMove() {
        client.pipeline("SELECT 1", "RPUSH l a");
        assertWaits(waiting, "BLPOP", "l", "0");
        send("MOVE", "l", "0");
        assertEquals("['l', 'a']", waiting.receive());
    }

    @Test
    void isWokenBySwapdb() {
        client.pipeline("SELECT 1", "RPUSH l a");
        assertWaits(waiting, "BLPOP", "l", "0");
        send("SWAPDB", "0", "1");
        assertEquals("['l', 'a']", waiting.receive());
    }

    @Test
    void theWallClockDoesNotEndTheWaiting() {
        assertWaits(waiting, "BLPOP", "l", "10");
        server.setMillis(server.nowMillis() + 3_600_000);
        server.advance(Duration.ofMillis(9_999));
        assertEquals(WAITING, waiting.receive());
        server.setMillis(server.nowMillis() - 7_200_000);
        server.advance(Duration.ofMillis(2));
        assertEquals("nil-array", waiting.receive());
    }

    @Test
    void isNotWokenByAnotherDatabase() {
        assertWaits(waiting, "BLPOP", "l", "0");
        client.pipeline("SELECT 1", "RPUSH l a");
        assertEquals(WAITING, waiting.receive());
    }

    @Test
    void aTransactionIsOneStep() {
        assertWaits(waiting, "BLPOP", "l", "0");
        client.pipeline("MULTI", "RPUSH l a", "DEL l", "EXEC");
        assertEquals(WAITING, waiting.receive());
        client.pipeline("MULTI", "RPUSH l a", "LPUSH l b", "EXEC");
        assertEquals("['l', 'b']", waiting.receive());
    }

    @Test
    void insideATransactionNobodyWaits() {
        assertEquals(
                List.of("+OK", "+QUEUED", "+QUEUED", "+QUEUED", "[nil-array, nil, nil-array]"),
                client.pipeline("MULTI", "BLPOP l 0", "BLMOVE l m LEFT LEFT 0", "BLMPOP 0 1 l LEFT", "EXEC"));
    }

    @Test
    void whoIsGoneIsNotServed() {
        assertWaits(waiting, "BLPOP", "l", "0");
        waiting.close();
        send("RPUSH", "l", "a");
        assertEquals("['a']", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void canBeUnblocked() {
        String id = waiting.send("CLIENT", "ID");
        assertEquals("0", send("CLIENT", "UNBLOCK", id));
        assertWaits(waiting, "BLPOP", "l", "0");
        assertEquals("1", send("CLIENT", "UNBLOCK", id));
        assertEquals("0", send("CLIENT", "UNBLOCK", id));
        assertEquals("nil-array", waiting.receive());
        assertWaits(waiting, "BLPOP", "l", "0");
        assertEquals("1", send("CLIENT", "UNBLOCK", id, "ERROR"));
        assertEquals("-UNBLOCKED client unblocked via CLIENT UNBLOCK", waiting.receive());
        send("RPUSH", "l", "a");
        assertEquals("['a']", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void waitsOnceForAKeyThatIsNamedTwice() {
        TestClient second = server.connect();
        assertWaits(waiting, "BLPOP", "l", "l", "0");
        assertWaits(second, "BLPOP", "l", "0");
        send("RPUSH", "l", "a", "b");
        assertEquals("['l', 'a']", waiting.receive());
        assertEquals("['l', 'b']", second.receive());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-0.002", "1e300", "9223372036854776", "inf"})
    void timeoutsAreNotNegativeAndHaveALimit(String timeout) {
        assertEquals("-ERR timeout is negative", send("BLPOP", "l", timeout));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1 ", " 1", "nan"})
    void timeoutsAreNumbers(String timeout) {
        assertEquals("-ERR timeout is not a float or out of range", send("BLPOP", "l", timeout));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0.0001", "9223372036854775", "0x10"})
    void theLongestTimeoutsAreForEver(String timeout) {
        assertWaits(waiting, "BLPOP", "l", timeout);
        server.advance(Duration.ofSeconds(15));
        assertEquals(WAITING, waiting.receive());
    }
}

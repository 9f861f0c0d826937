package io.miniredis.commands.lists;

import static io.miniredis.testkit.TestClient.WAITING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miniredis.testkit.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BlmoveTest extends CommandTest {
    private final TestClient waiting = server.connect();

    @Test
    void movesWhatIsThere() {
        send("RPUSH", "l", "a", "b");
        assertEquals("'a'", send("BLMOVE", "l", "m", "LEFT", "RIGHT", "0"));
        assertEquals("'b'", send("BRPOPLPUSH", "l", "m", "0"));
        assertEquals("['b', 'a']", send("LRANGE", "m", "0", "-1"));
    }

    @Test
    void waitsForTheSource() {
        assertEquals(WAITING, waiting.send("BLMOVE", "l", "m", "LEFT", "RIGHT", "0"));
        send("RPUSH", "m", "x");
        assertEquals(WAITING, waiting.receive());
        send("RPUSH", "l", "a");
        assertEquals("'a'", waiting.receive());
        assertEquals("['x', 'a']", send("LRANGE", "m", "0", "-1"));
    }

    @Test
    void chainsRunToTheirEnd() {
        TestClient second = server.connect();
        TestClient third = server.connect();
        assertEquals(WAITING, waiting.send("BLMOVE", "a", "b", "LEFT", "RIGHT", "0"));
        assertEquals(WAITING, second.send("BRPOPLPUSH", "b", "c", "0"));
        assertEquals(WAITING, third.send("BLPOP", "c", "0"));
        assertEquals("2", send("RPUSH", "a", "1", "2"));
        assertEquals("'1'", waiting.receive());
        assertEquals("'1'", second.receive());
        assertEquals("['c', '1']", third.receive());
        assertEquals("['2']", send("LRANGE", "a", "0", "-1"));
        assertEquals("0", send("EXISTS", "b", "c"));
    }

    @Test
    void aCircleOfTwoEnds() {
        TestClient second = server.connect();
        assertEquals(WAITING, waiting.send("BLMOVE", "a", "b", "LEFT", "RIGHT", "0"));
        assertEquals(WAITING, second.send("BLMOVE", "b", "a", "LEFT", "RIGHT", "0"));
        send("RPUSH", "a", "1");
        assertEquals("'1'", waiting.receive());
        assertEquals("'1'", second.receive());
        assertEquals("['1']", send("LRANGE", "a", "0", "-1"));
    }

    @Test
    void rotatesAListThatComesUp() {
        assertEquals(WAITING, waiting.send("BLMOVE", "l", "l", "LEFT", "RIGHT", "0"));
        send("RPUSH", "l", "a", "b");
        assertEquals("'a'", waiting.receive());
        assertEquals("['b', 'a']", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void anotherTypeAsDestinationIsRefusedWhenTheSourceComesUp() {
        assertEquals(WAITING, waiting.send("BLMOVE", "l", "k", "LEFT", "RIGHT", "0"));
        send("TESTKIT.OTHER", "k");
        send("RPUSH", "l", "a", "b");
        assertEquals(WRONG_TYPE, waiting.receive());
        assertEquals("['a', 'b']", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void timingOutIsANullArray() {
        assertEquals(WAITING, waiting.send("BLMOVE", "l", "m", "LEFT", "RIGHT", "0.001"));
        server.advance(Duration.ofMillis(2));
        assertEquals("nil-array", waiting.receive());
    }

    @Test
    void argumentsAreCheckedBeforeAnythingIsLookedAt() {
        send("TESTKIT.OTHER", "k");
        assertEquals("-ERR syntax error", send("BLMOVE", "k", "l", "LEFT", "UP", "-1"));
        assertEquals("-ERR timeout is negative", send("BLMOVE", "k", "l", "LEFT", "LEFT", "-1"));
        assertRefused(WRONG_TYPE, "k", "BLMOVE", "k", "l", "LEFT", "LEFT", "0");
    }
}

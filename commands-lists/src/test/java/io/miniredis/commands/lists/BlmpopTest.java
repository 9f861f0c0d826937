package io.miniredis.commands.lists;

import static io.miniredis.testkit.TestClient.WAITING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miniredis.testkit.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BlmpopTest extends CommandTest {
    private final TestClient waiting = server.connect();

    @Test
    void popsWhatIsThere() {
        send("RPUSH", "l", "a", "b", "c");
        assertEquals("['l', ['a', 'b']]", send("BLMPOP", "0", "2", "k", "l", "LEFT", "COUNT", "2"));
    }

    @Test
    void waitsForAList() {
        assertEquals(WAITING, waiting.send("BLMPOP", "0", "2", "k", "l", "RIGHT", "COUNT", "5"));
        send("RPUSH", "l", "a", "b", "c");
        assertEquals("['l', ['c', 'b', 'a']]", waiting.receive());
        assertEquals("0", send("EXISTS", "l"));
    }

    @Test
    void takesFromTheListThatCameUpThoughAnotherTypeCameUpBefore() {
        assertEquals(WAITING, waiting.send("BLMPOP", "0", "2", "k", "l", "LEFT"));
        send("TESTKIT.OTHER", "k");
        send("RPUSH", "l", "a");
        assertEquals("['l', ['a']]", waiting.receive());
    }

    @Test
    void timesOut() {
        assertEquals(WAITING, waiting.send("BLMPOP", "2", "1", "l", "LEFT"));
        server.advance(Duration.ofMillis(2001));
        assertEquals("nil-array", waiting.receive());
    }

    @Test
    void countsAreCheckedBeforeTheTimeout() {
        assertEquals("-ERR numkeys should be greater than 0", send("BLMPOP", "x", "0", "l", "LEFT"));
        assertEquals("-ERR syntax error", send("BLMPOP", "x", "2", "l", "LEFT"));
        assertEquals("-ERR timeout is negative", send("BLMPOP", "-1", "1", "l", "LEFT"));
    }
}

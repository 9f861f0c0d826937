package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code CLIENT PAUSE} and {@code CLIENT UNPAUSE}: who waits, and what stays as it is meanwhile. */
final class PauseTest extends CommandTestCase {
    private final TestClient other = engine.connect();

    /** Sends commands as a pipeline, and runs them as far as the client need not wait. */
    private int begin(String... commands) {
        List<String[]> requests = new ArrayList<>();
        for (String command : commands) {
            requests.add(command.split(" "));
        }
        other.fill(requests);
        return other.session.execute(other.batch(), 0, other.replies);
    }

    /** Goes on with a pipeline from a command on, as a connection that was woken does. */
    private int goOn(int from) throws InterruptedException {
        other.connection.awaitWake();
        other.session.resume(other.replies);
        assertFalse(other.session.isWaiting());
        return other.session.execute(other.batch(), from, other.replies);
    }

    @Test
    void aPipelineStopsAtTheFirstCommandThatWaits() throws InterruptedException {
        run("CLIENT PAUSE 1000 WRITE");
        assertEquals(1, begin("GET k", "SET k v", "GET k"));
        assertEquals(List.of("nil"), other.replies.take());
        assertTrue(other.session.isWaiting());
        assertEquals("nil", run("GET k"));
        run("CLIENT UNPAUSE");
        assertEquals(3, goOn(1));
        assertEquals(List.of("+OK", "'v'"), other.replies.take());
    }

    @Test
    void thePauseEndsByItself() throws InterruptedException {
        run("CLIENT PAUSE 1000");
        assertEquals(0, begin("PING"));
        engine.ticker.advanceMillis(999);
        engine.engine().timeOutWaiters();
        other.session.resume(other.replies);
        assertTrue(other.session.isWaiting(), "it was woken for something else");
        engine.ticker.advanceMillis(1);
        engine.engine().timeOutWaiters();
        assertEquals(1, goOn(0));
        assertEquals(List.of("+PONG"), other.replies.take());
    }

    @Test
    void aLaterPauseOnlyExtends() {
        run("CLIENT PAUSE 1000 WRITE");
        run("CLIENT PAUSE 10 WRITE");
        engine.ticker.advanceMillis(500);
        assertEquals(0, begin("SET k v"));
    }

    @Test
    void whoIsGoneIsForgotten() {
        run("CLIENT PAUSE 1000 WRITE");
        begin("SET k v");
        other.session.disconnected();
        assertFalse(engine.engine().pause().holds(other.session));
        run("CLIENT UNPAUSE");
        assertEquals("nil", run("GET k"));
    }

    @Test
    void whatExpiresIsGoneButNotRemoved() {
        client.send("SET", "k", "v", "PX", "10");
        run("CLIENT PAUSE 1000 WRITE");
        pass(11);
        engine.engine().expireCycle();
        assertEquals("nil", run("GET k"));
        assertEquals("1", run("DBSIZE"));
        run("CLIENT UNPAUSE");
        engine.engine().expireCycle();
        assertEquals("0", run("DBSIZE"));
    }

    @Test
    void aTransactionWithAWriteWaitsAsAWhole() throws InterruptedException {
        assertEquals(3, begin("MULTI", "SET k v", "GET k"));
        run("CLIENT PAUSE 1000 WRITE");
        assertEquals(List.of("+OK", "+QUEUED", "+QUEUED"), other.replies.take());
        assertEquals(0, begin("EXEC"));
        run("CLIENT UNPAUSE");
        assertEquals(1, goOn(0));
        assertEquals(List.of("*2", "+OK", "'v'"), other.replies.take());
    }

    @Test
    void aPostponedClientIsShownAsBlocked() {
        run("CLIENT PAUSE 1000 WRITE");
        begin("SET k v");
        assertTrue(run("CLIENT LIST ID 2").contains(" flags=b "));
        run("CLIENT UNPAUSE");
        assertTrue(other.session.isWaiting(), "its thread has not heard of it");
        assertTrue(run("CLIENT LIST ID 2").contains(" flags=N "));
    }
}

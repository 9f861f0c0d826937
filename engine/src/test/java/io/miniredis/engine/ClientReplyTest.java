package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** CLIENT REPLY and RESET. Each reply was compared with redis-server 7.0.15. */
final class ClientReplyTest {
    private final TestEngine engine = TestEngine.started();
    private final TestClient client = engine.connect();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void skipReachesTheNextCommandHoweverLateItComes() {
        assertEquals(List.of(), client.pipeline("CLIENT REPLY SKIP"));
        assertEquals(List.of(), client.pipeline("PING"));
        assertEquals(List.of("+PONG"), client.pipeline("PING"));
    }

    @Test
    void offLeavesAllRepliesOut() {
        assertEquals(
                List.of("+PONG", "+OK", "'v'"),
                client.pipeline("PING", "CLIENT REPLY OFF", "SET k v", "NOSUCH", "GET", "CLIENT REPLY ON", "GET k"));
    }

    @Test
    void skipLeavesTheNextReplyOut() {
        assertEquals(List.of("'v'"), client.pipeline("CLIENT REPLY SKIP", "SET k v", "GET k"));
        assertEquals(List.of("+PONG"), client.pipeline("CLIENT REPLY SKIP", "CLIENT REPLY SKIP", "PING", "PING"));
        assertEquals(List.of("+OK", "+PONG"), client.pipeline("CLIENT REPLY SKIP", "CLIENT REPLY ON", "PING"));
        assertEquals(
                List.of("+OK", "+PONG"),
                client.pipeline("CLIENT REPLY OFF", "CLIENT REPLY SKIP", "PING", "CLIENT REPLY ON", "PING"));
    }

    @Test
    void transactionsAreSilentToo() {
        assertEquals(
                List.of("+OK", "'v'"),
                client.pipeline("CLIENT REPLY OFF", "MULTI", "SET k v", "GET k", "EXEC", "CLIENT REPLY ON", "GET k"));
        assertEquals(
                List.of("+OK", "+QUEUED", "+QUEUED", "*2", "+OK", "+OK", "+OK"),
                client.pipeline("MULTI", "CLIENT REPLY OFF", "SET k v", "EXEC", "PING", "CLIENT REPLY ON"));
    }

    @Test
    void messagesComeNevertheless() {
        client.run("HELLO 3");
        assertEquals(
                List.of(
                        ">['subscribe', 'a', 1]",
                        ">['message', 'a', '1']",
                        ">['unsubscribe', 'a', 0]",
                        "+OK",
                        ">['subscribe', 'a', 1]",
                        "+PONG",
                        ">['message', 'a', '2']",
                        "+PONG"),
                client.pipeline(
                        "CLIENT REPLY OFF",
                        "SUBSCRIBE a",
                        "PUBLISH a 1",
                        "UNSUBSCRIBE a",
                        "CLIENT REPLY ON",
                        "CLIENT REPLY SKIP",
                        "SUBSCRIBE a",
                        "PING",
                        "CLIENT REPLY SKIP",
                        "PUBLISH a 2",
                        "PING"));
    }

    @Test
    void whatIsNotOneOfThemIsRefused() {
        assertEquals("-ERR syntax error", client.run("CLIENT REPLY MAYBE"));
        assertEquals("-ERR wrong number of arguments for 'client|reply' command", client.run("CLIENT REPLY"));
    }

    @Test
    void resetMakesTheConnectionNew() {
        client.run("HELLO 3");
        client.run("SELECT 3");
        client.run("CLIENT SETNAME me");
        client.run("SUBSCRIBE a");
        client.run("WATCH k");
        assertEquals(List.of("+OK", "+QUEUED", "+RESET"), client.pipeline("MULTI", "SET k v", "RESET"));
        String info = client.run("CLIENT INFO");
        assertTrue(info.contains(" name= ") && info.contains(" flags=N db=0 sub=0 "), info);
        assertTrue(info.contains(" resp=2"), info);
        assertEquals("-ERR EXEC without MULTI", client.run("EXEC"));
        assertEquals("-ERR wrong number of arguments for 'reset' command", client.run("RESET x"));
    }

    @Test
    void resetEndsOffButNotTheSkippingOfItsOwnReply() {
        assertEquals(List.of("+RESET", "+PONG"), client.pipeline("CLIENT REPLY OFF", "RESET", "PING"));
        assertEquals(List.of("+PONG"), client.pipeline("CLIENT REPLY SKIP", "RESET", "PING"));
    }
}

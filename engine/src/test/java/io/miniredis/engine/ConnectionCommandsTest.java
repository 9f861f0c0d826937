package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PING, ECHO, QUIT, SELECT, SHUTDOWN, and how clients come and go. */
final class ConnectionCommandsTest extends CommandTestCase {

    @Test
    void pingAnswersPongOrTheMessage() {
        assertEquals("+PONG", run("PING"));
        assertEquals("'hello'", run("PING hello"));
        assertEquals("'a\\x00\\xff'", client.send("PING", "a\0\u00ff"));
        assertEquals("''", client.send("PING", ""));
        assertEquals("-ERR wrong number of arguments for 'ping' command", run("PING a b"));
    }

    @Test
    void echoAnswersItsArgument() {
        assertEquals("'hello'", run("ECHO hello"));
        assertEquals("'\\x00\\x0d\\x0a'", client.send("ECHO", "\0\r\n"));
        assertEquals("-ERR wrong number of arguments for 'echo' command", run("ECHO"));
        assertEquals("-ERR wrong number of arguments for 'echo' command", run("ECHO a b"));
    }

    @Test
    void quitAnswersThenCloses() {
        assertEquals(List.of("+PONG", "+OK"), client.pipeline("PING", "QUIT whatever", "PING"));
        assertTrue(client.connection.closedAfterReply);
        assertFalse(client.connection.closed);
    }

    @Test
    void selectChoosesADatabaseForThisClientOnly() {
        TestClient other = engine.connect();
        assertEquals(List.of("+OK", "+OK", "nil"), client.pipeline("SET k v", "SELECT 15", "GET k"));
        assertEquals("+OK", run("SET k fifteen"));
        assertEquals("'v'", other.run("GET k"));
        assertEquals(List.of("+OK", "'v'"), client.pipeline("SELECT 0", "GET k"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "1.5", "+1", "01", "99999999999999999999"})
    void selectTakesANumber(String index) {
        assertEquals("-ERR value is not an integer or out of range", client.send("SELECT", index));
    }

    @Test
    void selectTakesANumberInItsRange() {
        assertEquals("+OK", run("SELECT 3"));
        assertEquals("-ERR DB index is out of range", run("SELECT -1"));
        assertEquals("-ERR DB index is out of range", run("SELECT 16"));
        assertEquals("-ERR DB index is out of range", run("SELECT 2147483647"));
        String beyond = "-ERR value is out of range, value must between -2147483648 and 2147483647";
        assertEquals(beyond, run("SELECT 2147483648"));
        assertEquals(beyond, run("SELECT 4294967296"));
        assertEquals(beyond, run("SELECT -2147483649"));
        assertEquals(3, client.session.database());
    }

    @Test
    void shutdownStopsTheServerAfterWhatWasAskedBefore() {
        assertEquals(List.of("+PONG"), client.pipeline("PING", "SHUTDOWN", "PING"));
        assertEquals(1, engine.host.shutdowns.get());
        assertTrue(client.connection.closedAfterReply);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOSAVE", "save force", "NOW FORCE", "nosave now", "FORCE SAVE SAVE"})
    void shutdownTakesOptions(String options) {
        assertEquals(List.of(), client.pipeline("SHUTDOWN " + options));
        assertEquals(1, engine.host.shutdowns.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "SAVE NOSAVE", "ABORT NOW", "NOSAVE ABORT", "NOW foo"})
    void shutdownRefusesOptionsThatDoNotFit(String options) {
        assertEquals("-ERR syntax error", run("SHUTDOWN " + options));
        assertEquals(0, engine.host.shutdowns.get());
        assertFalse(client.connection.closed);
        assertEquals("+PONG", run("PING"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SAVE", "save now", "SAVE SAVE"})
    void shutdownDoesNotPretendToSave(String options) {
        assertEquals("-ERR Errors trying to SHUTDOWN. Check logs.", run("SHUTDOWN " + options));
        assertEquals(0, engine.host.shutdowns.get());
        assertEquals("+PONG", run("PING"));
    }

    @Test
    void shutdownIsNeverInProgressSoThereIsNothingToAbort() {
        assertEquals("-ERR No shutdown in progress.", run("SHUTDOWN ABORT"));
        assertEquals("-ERR No shutdown in progress.", run("SHUTDOWN abort ABORT"));
        assertEquals(0, engine.host.shutdowns.get());
    }

    @Test
    void afterAShutdownThatFailedOthersAreAnswered() {
        engine.host.failure = new IllegalStateException("still busy");
        try (LogCapture log = new LogCapture()) {
            assertEquals(
                    List.of(
                            "-ERR internal error in 'shutdown' of io.miniredis.engine: java.lang.IllegalStateException"),
                    client.pipeline("SHUTDOWN"));
            assertEquals(1, log.errors().size());
        }
        assertEquals("+PONG", engine.connect().run("PING"));
    }

    /** What a browser sends when a web page makes it talk to this port. */
    @ParameterizedTest
    @ValueSource(strings = {"POST / HTTP/1.1", "post", "Host: 127.0.0.1:6379", "HOST:"})
    void whoSpeaksHttpIsCutOffAndNothingMoreIsRun(String line) {
        try (LogCapture log = new LogCapture()) {
            client.pipeline(line, "SET k v");
            assertEquals(List.of(), log.errors());
        }
        assertTrue(client.connection.closed);
        assertEquals("0", engine.connect().run("DBSIZE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POSTS", "Host", "HOST:6379", "xPOST"})
    void whatOnlyLooksLikeHttpIsAnUnknownCommand(String line) {
        assertTrue(run(line).startsWith("-ERR unknown command"));
        assertFalse(client.connection.closed);
        assertEquals("+PONG", run("PING"));
    }

    @Test
    void clientsBeyondTheirNumberAreRefused() {
        assertEquals("+OK", run("CONFIG SET maxclients 2"));
        TestClient second = engine.connect();
        assertEquals(null, engine.connect());
        assertEquals("ERR max number of clients reached", engine.engine().refusal());
        String info = run("INFO");
        assertTrue(info.contains("\r\nconnected_clients:2\r\n"), info);
        assertTrue(info.contains("\r\nrejected_connections:1\r\n"), info);
        assertTrue(info.contains("\r\ntotal_connections_received:3\r\n"), info);

        second.session.disconnected();
        second.session.disconnected();
        assertEquals("+PONG", engine.connect().run("PING"));
        assertEquals(null, engine.connect());
    }

    @Test
    void breachesOfTheProtocolAndTrafficAreCounted() {
        engine.engine().protocolError("ERR Protocol error: invalid bulk length");
        engine.engine().traffic(100, 20);
        engine.engine().traffic(1, 2);
        String info = run("INFO all");
        assertTrue(info.contains("\r\ntotal_error_replies:1\r\n"), info);
        assertTrue(info.contains("\r\nerrorstat_ERR:count=1\r\n"), info);
        assertTrue(info.contains("\r\ntotal_net_input_bytes:101\r\n"), info);
        assertTrue(info.contains("\r\ntotal_net_output_bytes:22\r\n"), info);
    }
}

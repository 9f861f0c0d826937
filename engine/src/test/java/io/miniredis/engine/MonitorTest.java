package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** MONITOR. Each reply was compared with redis-server 7.0.15. */
final class MonitorTest {
    private final TestEngine engine = TestEngine.create()
            .add(TestCommand.of(
                    CommandSpec.named("park").arity(2).write().keys(KeySpec.at(1, KeySpec.Access.RW)),
                    (context, args, reply) -> context.block(0, Bag.TYPE, args.key(1))))
            .start();
    private final TestClient client = engine.connect();
    private final TestClient monitor = engine.connect();

    @AfterEach
    void close() {
        engine.close();
    }

    private static String at(TestClient client, String rest) {
        return "[0 " + client.connection.remoteAddress() + "] " + rest;
    }

    /** What the monitor was shown, without the times. */
    private List<String> shown() {
        return monitor.hear().stream().map(MonitorTest::withoutTime).toList();
    }

    private static String withoutTime(String line) {
        return line.replaceFirst("^\\+[0-9]+\\.[0-9]{6} ", "");
    }

    @Test
    void commandsAreShownWithTheirTimeAndTheirClient() {
        assertEquals("+OK", monitor.run("MONITOR"));
        client.run("SELECT 3");
        long millis = engine.ticker.millis();
        client.send("ECHO", "\0\n\r\t\b\u0007\"\\ \u00ff~\u007f");
        List<String> lines = monitor.hear();
        String address = client.connection.remoteAddress();
        assertTrue(lines.get(0).endsWith("[3 " + address + "] \"SELECT\" \"3\""), lines.get(0));
        assertEquals(
                "+" + millis / 1000 + "." + String.format(Locale.ROOT, "%03d", millis % 1000) + "000 [3 " + address
                        + "] \"ECHO\" \"\\x00\\n\\r\\t\\b\\a\\\"\\\\ \\xff~\\x7f\"",
                lines.get(1));
    }

    @Test
    void onlyWhatHasRunIsShown() {
        monitor.run("MONITOR");
        client.run("nonesuch");
        client.run("ECHO");
        client.run("CONFIG GET port");
        client.pipeline("MULTI", "ECHO 1", "ECHO 2", "EXEC");
        assertEquals(
                List.of(
                        at(client, "\"MULTI\""),
                        at(client, "\"ECHO\" \"1\""),
                        at(client, "\"ECHO\" \"2\""),
                        at(client, "\"EXEC\"")),
                shown());
    }

    @Test
    void secretsAreNotShown() {
        monitor.run("MONITOR");
        client.run("HELLO 3 AUTH default secret");
        assertEquals(List.of(at(client, "\"HELLO\" \"3\" \"AUTH\" \"(redacted)\" \"(redacted)\"")), shown());
    }

    @Test
    void itsOwnCommandsComeAfterTheirReplies() {
        List<String> lines = monitor.pipeline("MONITOR", "PING", "MONITOR", "MULTI", "PING", "PING", "EXEC");
        assertEquals(
                List.of(
                        "+OK",
                        "+PONG",
                        at(monitor, "\"PING\""),
                        "+OK",
                        at(monitor, "\"MULTI\""),
                        "+QUEUED",
                        "+QUEUED",
                        "*2",
                        "+PONG",
                        "+PONG",
                        at(monitor, "\"PING\""),
                        at(monitor, "\"PING\""),
                        at(monitor, "\"EXEC\"")),
                lines.stream().map(MonitorTest::withoutTime).toList());
    }

    @Test
    void aMonitorKeepsOffTheKeys() {
        monitor.run("MONITOR");
        String refused = "-ERR Replica can't interact with the keyspace";
        assertEquals(refused, monitor.run("GET k"));
        assertEquals(refused, monitor.run("SET k 1"));
        assertEquals(refused, monitor.run("PUBLISH a b"));
        assertEquals(refused, monitor.run("DBSIZE"));
        assertEquals("nil", client.run("GET k"));
        assertEquals(
                "-ERR MONITOR isn't allowed for DENY BLOCKING client",
                client.pipeline("MULTI", "MONITOR", "EXEC").get(3));
    }

    @Test
    void resetEndsIt() {
        monitor.run("MONITOR");
        assertTrue(monitor.run("CLIENT LIST TYPE normal").contains(" flags=O "));
        assertEquals(List.of("+RESET"), monitor.pipeline("RESET"));
        client.run("PING");
        assertEquals(List.of(), monitor.hear());
        assertEquals("nil", monitor.run("GET k"));
    }

    @Test
    void whoIsGoneIsShownNothing() {
        monitor.run("MONITOR");
        monitor.session.disconnected();
        client.run("PING");
        assertEquals(null, engine.engine().monitors().all());
        assertEquals(0, engine.engine().outboxes().waitingBytes());
    }

    @Test
    void aPauseDoesNotHoldAMonitor() {
        monitor.run("MONITOR");
        client.run("CLIENT PAUSE 1000");
        assertEquals("+PONG", monitor.pipeline("PING").get(0));
    }

    @Test
    void whatWaitsForAKeyIsShownOnce() {
        monitor.run("MONITOR");
        assertEquals(List.of(), client.pipeline("PARK k"));
        assertEquals(List.of(at(client, "\"PARK\" \"k\"")), shown());
    }
}

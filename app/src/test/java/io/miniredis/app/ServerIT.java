package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The image from start to stop: what it logs, what it refuses, how it ends. */
final class ServerIT {
    private static final String LOG_LINE =
            "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} (DEBUG|INFO |WARN |ERROR) [A-Z]\\w*: .*";

    @TempDir
    Path temp;

    private static RawReply ask(ServerProcess server, String... words) throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            return client.call(words);
        }
    }

    // ---- start ----

    @Test
    void logsWhatItIsAndEndsWithWhereItListens() throws Exception {
        try (ServerProcess server = ServerProcess.start()) {
            assertEquals("+PONG\r\n", ask(server, "PING").raw());
            List<String> lines = server.output().lines().toList();
            assertTrue(lines.stream().allMatch(line -> line.matches(LOG_LINE)), server.output());
            String version = ".* INFO  Server: miniRedis \\S+ on Java \\S+, PID \\d+";
            assertTrue(lines.get(0).matches(version), lines.get(0));
            for (String module : List.of("engine", "commands.strings", "commands.lists")) {
                assertTrue(
                        lines.stream().anyMatch(line -> line.matches(".*Module io.miniredis." + module + " [0-9].*")),
                        server.output());
            }
            String last = lines.get(lines.size() - 1);
            assertTrue(last.endsWith("Ready to accept connections on 127.0.0.1:" + server.port()), last);
            assertEquals("", server.errors());
        }
    }

    @Test
    void listensOnSeveralAddressesAtTheSamePort() throws Exception {
        try (ServerProcess server = ServerProcess.launch(Map.of(), "--port", "0", "--bind", "127.0.0.1", "127.0.0.2")
                .awaitReady()) {
            String port = ":" + server.port();
            assertTrue(
                    server.output().contains("connections on 127.0.0.1" + port + ", 127.0.0.2" + port),
                    server.output());
        }
    }

    @Test
    void takesDirectivesFromTheFileTheEnvironmentAndTheCommandLine() throws Exception {
        Path file = Files.writeString(
                temp.resolve("my redis.conf"), "port 0\nmaxmemory 1mb\nmaxclients 50\ntimeout 11\ndaemonize yes\n");
        Map<String, String> environment = Map.of("MINIREDIS_MAXMEMORY", "2mb", "MINIREDIS_MAXCLIENTS", "60");
        try (ServerProcess server = ServerProcess.launch(environment, file.toString(), "--maxmemory", "3mb")
                .awaitReady()) {
            assertTrue(ask(server, "CONFIG", "GET", "maxmemory").raw().contains("3145728"));
            assertTrue(ask(server, "CONFIG", "GET", "maxclients").raw().contains("\r\n60\r\n"));
            assertTrue(ask(server, "CONFIG", "GET", "timeout").raw().contains("\r\n11\r\n"));
            assertTrue(ask(server, "INFO", "server").raw().contains("config_file:" + file.toAbsolutePath()));
            assertTrue(server.output().contains("WARN  Server: " + file + ":5: daemonize yes: has no effect"));
        }
    }

    @Test
    void loadsTheFileThatDebianShips() throws Exception {
        Path file = Path.of("/etc/redis/redis.conf");
        assumeTrue(Files.isReadable(file), file + " is not there");
        try (ServerProcess server = ServerProcess.launch(Map.of(), file.toString(), "--port", "0", "--logfile", "")
                .awaitReady()) {
            assertEquals("+PONG\r\n", ask(server, "PING").raw());
            assertFalse(server.output().contains("ERROR"), server.output());
        }
    }

    @Test
    void logsToAFileIfAsked() throws Exception {
        Path log = temp.resolve("server.log");
        Files.writeString(log, "what was there before\n");
        int port = ServerProcess.freePort();
        ServerProcess server = ServerProcess.launch(Map.of(), "--port", "" + port, "--logfile", log.toString());
        // Nothing tells that it is ready, so it is told to stop as soon as it has said what it is.
        server.signalWhen(() -> Files.readString(log).contains("Ready to accept"), "TERM");
        assertEquals(0, server.exitCode());
        assertEquals("", server.output() + server.errors());
        List<String> lines = Files.readAllLines(log);
        assertEquals("what was there before", lines.get(0));
        assertTrue(lines.stream().skip(1).allMatch(line -> line.matches(LOG_LINE)), lines.toString());
        assertTrue(lines.get(lines.size() - 1).endsWith("Stopped"), lines.toString());
    }

    @Test
    void logsMoreOrLessIfAsked() throws Exception {
        try (ServerProcess server = ServerProcess.start("--loglevel", "debug")) {
            assertEquals("+PONG\r\n", ask(server, "PING").raw());
        }
        Path log = temp.resolve("warnings.log");
        ServerProcess server = ServerProcess.launch(
                Map.of(), "--port", "0", "--loglevel", "warning", "--logfile", log.toString(), "--daemonize", "yes");
        server.signalWhen(() -> Files.exists(log) && Files.readString(log).contains("daemonize"), "TERM");
        assertEquals(0, server.exitCode());
        assertTrue(Files.readAllLines(log).stream().allMatch(line -> line.contains(" WARN ")), Files.readString(log));
    }

    // ---- refusals ----

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | --nosuch 1 | unknown option '--nosuch'",
                "2 | --port 99999 | --port 99999: argument must be between 0 and 65535 inclusive",
                "2 | --port 0 --maxmemory-policy nosuch | --maxmemory-policy nosuch: argument(s) must be one of the following: ",
                "2 | --appendonly yes | --appendonly yes: cannot be had",
                "1 | /no/such.conf | /no/such.conf: there is no such file",
                "1 | --port 0 --bind 192.0.2.1 | --bind 192.0.2.1, --port 0: cannot listen (192.0.2.1",
                "1 | --port 0 --bind no.such.host.invalid | --bind no.such.host.invalid, --port 0: cannot listen (",
                "1 | --port 0 --logfile /no/such/file | --logfile /no/such/file: the file cannot be written (there is no such folder)",
                "1 | --port 0 --plugins-dir /no/such | --plugins-dir /no/such: there is no such folder",
            })
    void whatItCannotDoIsOneLineAndAnExitCode(int exitCode, String options, String message) throws Exception {
        ServerProcess server = ServerProcess.launch(Map.of(), options.split(" ", -1));
        assertEquals(exitCode, server.exitCode());
        assertOneLine("miniredis: " + message, server);
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            for (String threads : List.of("1", "2")) {
                ServerProcess server = ServerProcess.launch(Map.of(), "--port", port, "--io-threads", threads);
                assertEquals(1, server.exitCode());
                assertOneLine(
                        "miniredis: bind 127.0.0.1 (the default), --port " + port + ": cannot listen (127.0.0.1:"
                                + port,
                        server);
            }
        }
    }

    @Test
    void aSecondServerDoesNotShareThePort() throws Exception {
        try (ServerProcess first = ServerProcess.start("--io-threads", "2")) {
            ServerProcess second = ServerProcess.launch(Map.of(), "--port", "" + first.port(), "--io-threads", "2");
            assertEquals(1, second.exitCode());
            assertEquals("+PONG\r\n", ask(first, "PING").raw());
        }
    }

    @Test
    void aWrongVariableIsOneLine() throws Exception {
        ServerProcess server = ServerProcess.launch(Map.of("MINIREDIS_MAXMEMORY", "lots"));
        assertEquals(2, server.exitCode());
        assertOneLine("miniredis: MINIREDIS_MAXMEMORY=lots: argument must be a memory value", server);
    }

    private static void assertOneLine(String start, ServerProcess server) {
        String errors = server.errors();
        assertTrue(errors.startsWith(start), errors);
        assertEquals(1, errors.lines().count(), errors);
        assertFalse(server.output().contains("\tat "), server.output());
    }

    // ---- stop ----

    /** Whether this process has it ignored, as what it starts will have: Java leaves that as it is. */
    private static boolean isInterruptIgnored() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Integer.parseInt(line.substring(line.length() - 1), 16) & 2) != 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void aSignalStopsItWithSuccess(String signal) throws Exception {
        assumeTrue(
                signal.equals("TERM") || !isInterruptIgnored(),
                "who is started in a script's background never sees INT");
        ServerProcess server = ServerProcess.start();
        try (RawClient idle = new RawClient(server.port())) {
            assertEquals("+PONG\r\n", idle.call("PING").raw());
            server.signal(signal);
            server.signal(signal);
            assertEquals(RawReply.CLOSED, idle.read());
        }
        assertEquals(0, server.exitCode());
        assertStopped("a signal", server);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHUTDOWN", "SHUTDOWN NOSAVE", "shutdown save now force"})
    void shutdownStopsItWithSuccess(String command) throws Exception {
        ServerProcess server = ServerProcess.start();
        try (RawClient client = new RawClient(server.port())) {
            assertEquals(RawReply.CLOSED, client.call(command.split(" ", -1)));
        }
        assertEquals(0, server.exitCode());
        assertStopped("SHUTDOWN", server);
    }

    private static void assertStopped(String reason, ServerProcess server) {
        List<String> lines = server.output().lines().toList();
        assertTrue(server.output().contains("INFO  Server: Stopping, because of " + reason), server.output());
        assertTrue(lines.get(lines.size() - 1).endsWith("INFO  Server: Stopped"), server.output());
        assertEquals("", server.errors());
    }

    @Test
    void whatWasAskedBeforeAStopIsAnswered() throws Exception {
        ServerProcess server = ServerProcess.start();
        int requests = 20_000;
        try (RawClient client = new RawClient(server.port())) {
            client.send("INCR n\r\n".repeat(requests) + "SHUTDOWN\r\n");
            for (int i = 1; i <= requests; i++) {
                assertEquals(":" + i + "\r\n", client.read().raw());
            }
            assertEquals(RawReply.CLOSED, client.read());
        }
        assertEquals(0, server.exitCode());
    }

    @Test
    void aClientThatDoesNotReadCannotHoldUpAStop() throws Exception {
        ServerProcess server = ServerProcess.start();
        try (RawClient client = new RawClient(server.port())) {
            client.call("SET", "k", "x".repeat(1_000_000));
            client.send("GET k\r\n".repeat(200));
            assertEquals("+PONG\r\n", ask(server, "PING").raw());
            server.signal("TERM");
            assertEquals(0, server.exitCode());
        }
    }
}

package io.miniredis.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Redis's own command line and benchmark, talking to the image. */
final class RedisToolsIT {
    private static ServerProcess server;

    @TempDir
    Path temp;

    @BeforeAll
    static void startServer() throws Exception {
        RedisTools.require("redis-cli");
        RedisTools.require("redis-benchmark");
        server = ServerProcess.start();
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void removeKeys() throws Exception {
        assertEquals("OK\n", cli("FLUSHALL"));
    }

    private String cli(String... arguments) throws Exception {
        return run(null, "redis-cli", arguments);
    }

    /** What a program prints, all of it; it must succeed. */
    private String run(Path input, String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(program, "-h", "127.0.0.1", "-p", "" + server.port()));
        command.addAll(Arrays.asList(arguments));
        Path output = Files.createTempFile(temp, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        if (input != null) {
            builder.redirectInput(input.toFile());
        }
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        String printed = Files.readString(output, UTF_8);
        assertEquals(0, process.waitFor(), printed);
        return printed;
    }

    @Test
    void answersTheCommandLine() throws Exception {
        assertEquals("PONG\n", cli("PING"));
        assertEquals("OK\n", cli("SET", "greeting", "hello, world"));
        assertEquals("hello, world\n", cli("GET", "greeting"));
        assertEquals("3\n", cli("RPUSH", "list", "a", "b", "c"));
        assertEquals("a\nb\nc\n", cli("LRANGE", "list", "0", "-1"));
        assertEquals("PONG\n", cli("-3", "PING"));
        assertEquals("OK\n", cli("-n", "3", "SET", "k", "v"));
        assertEquals("OK\n", cli("-3", "-n", "3", "SET", "k", "v"));
        assertTrue(cli("INFO").contains("redis_version:7."));
        assertTrue(cli("--json", "CONFIG", "GET", "maxmemory").contains("{\"maxmemory\":\"0\"}"));
    }

    /** What redis-cli sends on its own account, for hints. */
    @Test
    void documentsItselfToTheCommandLine() throws Exception {
        assertTrue(cli("COMMAND", "DOCS").contains("lpush"));
        assertTrue(cli("-3", "COMMAND", "DOCS", "get").contains("Get the value of a key"));
    }

    @Test
    void takesARawPipe() throws Exception {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            requests.append(RawClient.encode(List.of("SET", "key:" + i, "value")));
        }
        Path input = Files.writeString(temp.resolve("requests"), requests);
        String printed = run(input, "redis-cli", "--pipe");
        assertTrue(printed.contains("errors: 0, replies: 1000"), printed);
        assertEquals("1000\n", cli("DBSIZE"));
    }

    @Test
    void letsItsKeysBeScanned() throws Exception {
        cli("MSET", "a", "1", "b", "2");
        cli("RPUSH", "list", "x");
        assertEquals(List.of("a", "b", "list"), cli("--scan").lines().sorted().toList());
    }

    /** What is shown while somebody types, in a pseudo-terminal that a program of Linux's util-linux makes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "config set | parameter value [parameter value ...]",
                "lpush | key element [element ...]",
                "latency histogram | [command [command ...]]",
                "slowlog get | [count]",
                "command list | [FILTERBY MODULE module-name|ACLCAT category|PATTERN pattern]",
            })
    void hintsWhoeverTypes(String typed, String hint) throws Exception {
        RedisTools.require("script");
        String shown = inTerminal("redis-cli -p " + server.port(), typed + " ", hint);
        assertTrue(shown.contains(hint), shown);
    }

    @Test
    void showsWhatGoesOn() throws Exception {
        RedisTools.require("script");
        cli("MSET", "a", "1", "b", "2");
        String shown = inTerminal("redis-cli --stat -i 0.05 -p " + server.port(), "", "(+1)");
        assertTrue(shown.contains("keys       mem      clients blocked requests            connections"), shown);
        assertTrue(
                shown.lines().anyMatch(line -> line.matches("2 +\\S+[BKM] +\\d+ +0 +\\d+ \\(\\+1\\) +\\d+.*")), shown);
    }

    /** What a program shows in a terminal up to some text, if that comes within seconds; it is ended then. */
    private String inTerminal(String command, String typed, String awaited) throws Exception {
        Path output = Files.createTempFile(temp, "terminal", ".txt");
        Process process = new ProcessBuilder("script", "-qefc", "stty cols 200 rows 24; exec " + command, "/dev/null")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            awaitText(process, output, typed.isEmpty() ? awaited : "> ", deadline);
            process.getOutputStream().write(typed.getBytes(UTF_8));
            process.getOutputStream().flush();
            awaitText(process, output, awaited, deadline);
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
        return Files.readString(output, UTF_8);
    }

    private static void awaitText(Process process, Path output, String text, long deadlineNanos) throws Exception {
        boolean ended = false;
        while (!ended && !Files.readString(output, UTF_8).contains(text) && System.nanoTime() - deadlineNanos < 0) {
            ended = process.waitFor(20, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void findsLargeKeys() throws Exception {
        cli("SET", "short", "1");
        cli("SET", "long", "x".repeat(1000));
        cli("RPUSH", "list", "a", "b", "c");
        String biggest = cli("--bigkeys");
        assertTrue(biggest.contains("Biggest string found '\"long\"' has 1000 bytes"), biggest);
        assertTrue(biggest.contains("Biggest   list found '\"list\"' has 3 items"), biggest);
        String memory = cli("--memkeys");
        assertTrue(memory.contains("Biggest string found '\"long\"' has 1"), memory);
        assertTrue(memory.contains("Sampled 3 keys"), memory);
    }

    @Test
    void measuresLatency() throws Exception {
        String[] numbers = cli("--latency", "-i", "0.2").strip().split(" ", -1);
        assertEquals(4, numbers.length);
        assertTrue(Integer.parseInt(numbers[3]) > 1, numbers[3] + " samples");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "16"})
    void runsTheBenchmark(String pipeline) throws Exception {
        String printed = run(
                null,
                "redis-benchmark",
                "-n",
                "2000",
                "-c",
                "20",
                "-P",
                pipeline,
                "-q",
                "-t",
                "ping_inline,ping_mbulk,set,get,incr,lpush,rpush,lpop,rpop,lrange_100,mset");
        for (String test : List.of(
                "PING_INLINE:",
                "PING_MBULK:",
                "SET:",
                "GET:",
                "INCR:",
                "LPUSH:",
                "RPUSH:",
                "LPOP:",
                "RPOP:",
                "LRANGE_100",
                "MSET (10 keys):")) {
            assertTrue(printed.contains(test), test + " is not in\n" + printed);
        }
        assertTrue(!printed.contains("Error"), printed);
        assertTrue(!printed.contains("WARNING"), printed);
    }
}

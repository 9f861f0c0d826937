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

package io.miniredis.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Redis's own command line and benchmark, talking to the image. */
final class RedisToolsIT {
    @AutoClose
    private static ServerProcess server;

    @TempDir
    Path temp;

    @BeforeAll
    static void startServer() throws Exception {
        RedisTools.require("redis-cli");
        RedisTools.require("redis-benchmark");
        server = ServerProcess.start();
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
        return run(0, input, program, arguments);
    }

    /** The same of one that ends with this status. */
    private String run(int status, Path input, String program, String... arguments) throws Exception {
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
        assertEquals(status, process.waitFor(), printed);
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
        String printed = run(sets(30_000, ""), "redis-cli", "--pipe");
        assertTrue(printed.contains("errors: 0, replies: 30000"), printed);
        assertEquals("30000\n", cli("DBSIZE"));
    }

    @Test
    void countsErrorsInARawPipe() throws Exception {
        String printed = run(1, sets(10_000, "INCR key:1\r\nNOSUCH\r\n"), "redis-cli", "--pipe");
        assertTrue(printed.contains("ERR value is not an integer or out of range"), printed);
        assertTrue(printed.contains("errors: 2, replies: 10002"), printed);
    }

    /** A file of requests: so many keys are set, then these. */
    private Path sets(int count, String last) throws Exception {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < count; i++) {
            requests.append(RawClient.encode(List.of("SET", "key:" + i, "value")));
        }
        return Files.writeString(temp.resolve("requests"), requests.append(last));
    }

    @Test
    void letsItsKeysBeScanned() throws Exception {
        cli("MSET", "a", "1", "b", "2", "key:1", "3", "key:10", "4");
        cli("RPUSH", "list", "x");
        assertEquals(
                List.of("a", "b", "key:1", "key:10", "list"),
                cli("--scan").lines().sorted().toList());
        assertEquals(
                List.of("key:1", "key:10"),
                cli("--scan", "--pattern", "key:1*").lines().sorted().toList());
        assertEquals("a\n", cli("--scan", "--quoted-pattern", "\"\\x61\""));
    }

    @Test
    void printsInTheFormatThatIsAskedFor() throws Exception {
        cli("--quoted-input", "RPUSH", "l", "a", "\"\"", "\"\\x01\\xff\"");
        assertEquals("1) \"a\"\n2) \"\"\n3) \"\\x01\\xff\"\n", cli("--no-raw", "LRANGE", "l", "0", "-1"));
        assertEquals("\"a\",\"\",\"\\x01\\xff\"\n", cli("--csv", "LRANGE", "l", "0", "-1"));
        assertEquals("[\"a\",\"\",\"\\\\x01\\\\xff\"]\n", cli("--quoted-json", "LRANGE", "l", "0", "-1"));
        cli("SET", "k", "v");
        assertEquals("v,\n", cli("-d", ",", "MGET", "k", "nosuch"));
        assertEquals("\"v\",NULL\n", cli("--csv", "MGET", "k", "nosuch"));
        assertEquals("[\"v\",null]\n", cli("--json", "-2", "MGET", "k", "nosuch"));
        assertEquals("[\"v\",null]\n", cli("--json", "-3", "MGET", "k", "nosuch"));
        assertEquals("1\n2\n3\n", cli("-r", "3", "INCR", "n"));
    }

    @Test
    void takesAnArgumentFromAFile() throws Exception {
        Path input = Files.write(temp.resolve("input"), new byte[] {0, '\r', '\n', (byte) 0xff});
        assertEquals("OK\n", run(input, "redis-cli", "-x", "SET", "k"));
        assertEquals("\"\\x00\\r\\n\\xff\"\n", cli("--no-raw", "GET", "k"));
        assertEquals("OK\n", run(input, "redis-cli", "-X", "tag", "SET", "tag", "v"));
        assertEquals("v\n", cli("--quoted-input", "GET", "\"\\x00\\r\\n\\xff\""));
    }

    @Test
    void tellsOfErrors() throws Exception {
        assertEquals(
                "ERR value is not an integer or out of range\n", run(1, null, "redis-cli", "-e", "INCRBY", "k", "x"));
        Path script = Files.writeString(temp.resolve("script.lua"), "return 1");
        String evaluated = cli("--eval", script.toString(), "k", ",", "argument");
        assertTrue(evaluated.startsWith("ERR unknown command 'EVAL', with args beginning with: 'return 1"), evaluated);
        String replica =
                run(1, null, "redis-cli", "--rdb", temp.resolve("dump.rdb").toString());
        assertTrue(replica.contains("ERR unknown command 'SYNC'"), replica);
    }

    @Test
    void letsUsersIn() throws Exception {
        cli("ACL", "SETUSER", "app", "reset", "on", ">secret", "~app:*", "+@all");
        assertEquals("app\n", cli("--no-auth-warning", "--user", "app", "--pass", "secret", "ACL", "WHOAMI"));
        String uri = "redis://app:secret@127.0.0.1:" + server.port() + "/3";
        assertEquals("OK\n", cli("--no-auth-warning", "-u", uri, "SET", "app:k", "v"));
        assertEquals("v\n", cli("-n", "3", "GET", "app:k"));
        String wrong = cli("--no-auth-warning", "--user", "app", "--pass", "wrong", "PING");
        assertTrue(wrong.startsWith("AUTH failed: WRONGPASS "), wrong);
        cli("ACL", "DELUSER", "app");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-2 | psubscribe w* 2 | pmessage w* weather rain",
                "-3 | psubscribe w* 2 | pmessage w* weather rain",
                "--csv | \"psubscribe\",\"w*\",2 | \"pmessage\",\"w*\",\"weather\",\"rain\"",
            })
    void showsMessages(String mode, String subscribed, String message) throws Exception {
        try (Following redis = follow(mode, "PSUBSCRIBE", "n*", "w*")) {
            redis.awaitLines(subscribed);
            assertEquals("1\n", cli("PUBLISH", "news", "hello"));
            assertEquals("1\n", cli("PUBLISH", "weather", "rain"));
            redis.awaitLines(message);
        }
    }

    @Test
    void showsWhatOthersDo() throws Exception {
        try (Following redis = follow("MONITOR")) {
            redis.awaitLines("OK");
            cli("SET", "k", "a b");
            redis.awaitLines("\"SET\" \"k\" \"a b\"");
        }
    }

    private Following follow(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("redis-cli", "-p", "" + server.port()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(temp, "output", ".txt");
        return new Following(
                new ProcessBuilder(command).redirectOutput(output.toFile()).start(), output);
    }

    /** A program that goes on until it is closed. */
    private record Following(Process process, Path output) implements AutoCloseable {
        /** Waits until it has written these lines, with a space in the place of the ends of lines. */
        void awaitLines(String lines) {
            await().until(() -> {
                String written = Files.readString(output, UTF_8);
                assertTrue(process.isAlive(), written);
                return written.replace('\n', ' ').contains(lines + " ");
            });
        }

        @Override
        public void close() {
            process.destroy();
            await().until(() -> !process.isAlive());
        }
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
    void hintsAtTheCommandsOfPlugins() throws Exception {
        RedisTools.require("script");
        Path plugins = Files.createDirectory(temp.resolve("plugins"));
        Files.copy(ExamplesIT.jarOf("commands-hello"), plugins.resolve("hello.jar"));
        try (ServerProcess extended = ServerProcess.start("--plugins-dir", plugins.toString())) {
            String shown = inTerminal("redis-cli -p " + extended.port(), "demo.hello ", "name");
            assertTrue(shown.contains("name"), shown);
        }
    }

    @Test
    void readsCommandsLineByLine() throws Exception {
        String lines = "select 3\nmulti\nset k 'a b'\nlpush k x\nexec\nget k\n";
        Path input = Files.writeString(temp.resolve("lines"), lines);
        String wrongType = "WRONGTYPE Operation against a key holding the wrong kind of value\n";
        assertEquals("OK\nOK\nQUEUED\nQUEUED\nOK\n" + wrongType + "\na b\n", run(input, "redis-cli"));
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
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
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
    void findsHotKeys() throws Exception {
        cli("CONFIG", "SET", "maxmemory-policy", "allkeys-lfu");
        try {
            cli("MSET", "hot", "1", "cold", "1");
            cli("-r", "50", "GET", "hot");
            String hottest = cli("--hotkeys")
                    .lines()
                    .filter(line -> line.startsWith("hot key found"))
                    .findFirst()
                    .orElse("none");
            assertTrue(hottest.endsWith("keyname: \"hot\""), hottest);
        } finally {
            cli("CONFIG", "SET", "maxmemory-policy", "noeviction");
        }
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
        String printed = benchmark(
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
    }

    @Test
    void runsTheBenchmarkWithThreadsAndManyKeys() throws Exception {
        String printed =
                benchmark("-P", "16", "--threads", "2", "-r", "100", "-q", "-t", "set,get,incr,lpush,lpop,mset");
        assertTrue(printed.contains("MSET (10 keys):"), printed);
        int keys = Integer.parseInt(cli("DBSIZE").strip());
        assertTrue(keys > 100 && keys <= 201, keys + " keys");
    }

    @Test
    void runsTheBenchmarkWithAnyCommand() throws Exception {
        String printed = benchmark("--csv", "-3", "-r", "10", "--dbnum", "3", "SETRANGE", "key:__rand_int__", "3", "v");
        assertTrue(printed.contains("\"SETRANGE key:__rand_int__ 3 v\",\""), printed);
        assertEquals("10\n", cli("-n", "3", "DBSIZE"));
    }

    private String benchmark(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("-n", "2000", "-c", "20"));
        all.addAll(List.of(arguments));
        String printed = run(null, "redis-benchmark", all.toArray(String[]::new));
        assertFalse(printed.contains("Error"), printed);
        assertFalse(printed.contains("WARNING"), printed);
        return printed;
    }

    /** All of its tests would need types that are not here. */
    @Test
    void theBenchmarkSaysWhichCommandIsMissing() throws Exception {
        String printed = run(1, null, "redis-benchmark", "-n", "100", "-q");
        assertTrue(printed.contains("ERR unknown command 'SADD'"), printed);
    }
}

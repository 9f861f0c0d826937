package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miniredis.api.CommandHandler;
import io.miniredis.api.KeySpec;
import io.miniredis.testkit.CommandCheck;
import io.miniredis.testkit.JarCheck;
import io.miniredis.testkit.Provided;
import io.miniredis.testkit.TestClient;
import io.miniredis.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The engine's commands that have to do with keys do what their specs say, with the types that the image has; and the examples leave
 * nothing behind.
 */
final class HonestyIT {
    private static final String EXAMPLES = """
            SET a 1 EX 100; COPY {a} {b} = 1
            RPUSH a 1; SET b x; COPY {a} {b} REPLACE = 1
            RPUSH a 1; SET b x; COPY {a} {b} = 0
            SET a 1; COPY {a} {a} DB 3 = 1
            COPY {a} {b} = 0
            SET a 1; COPY a a = -ERR source and destination objects are the same
            SET a 1; COPY a b DB 99 = -ERR DB index is out of range
            SET a 1; RPUSH b x; DEL {a} {b} {c} = 2
            SET a 1; EXISTS {a} {a} {b} = 2
            SET a 1; EXPIRE {a} 100 = 1
            SET a 1 EX 50; EXPIRE {a} 100 LT = 0
            SET a 1; EXPIRE {a} -1 = 1
            EXPIRE {a} 100 = 0
            SET a 1; EXPIRE a 100 NX XX = -ERR NX and XX, GT or LT options at the same time are not compatible
            SET a 1; EXPIRE a soon = -ERR value is not an integer or out of range
            SET a 1; EXPIREAT {a} 4000000000 = 1
            SET a 1; EXPIREAT {a} 1 = 1
            SET a 1; EXPIREAT a 4000000000; EXPIRETIME {a} = 4000000000
            EXPIRETIME {a} = -2
            SET a 1; PEXPIRE {a} 100 = 1
            SET a 1; PEXPIRE {a} 0 = 1
            SET a 1; PEXPIREAT {a} 4000000000000 GT = 0
            SET a 1 EX 9; PEXPIREAT {a} 4000000000000 XX = 1
            SET a 1; PEXPIREAT a 4000000000000; PEXPIRETIME {a} = 4000000000000
            SET a 1 PX 500; PTTL {a} = 500
            SET a 1; PTTL {a} = -1
            SET a 1 EX 5; TTL {a} = 5
            TTL {a} = -2
            SET a 1 EX 5; PERSIST {a} = 1
            SET a 1; PERSIST {a} = 0
            RPUSH a 1 2; MOVE {a} 1 = 1
            MOVE {a} 1 = 0
            SET a 1; MOVE a 0 = -ERR source and destination objects are the same
            RPUSH a 1 EX; RENAME {a} {b} = +OK
            SET a 1; RPUSH b 1; RENAME {a} {b} = +OK
            RENAME a b = -ERR no such key
            SET a 1 EX 5; RENAMENX {a} {b} = 1
            SET a 1; SET b 2; RENAMENX {a} {b} = 0
            SET a 1; SET b 2; TOUCH {a} {b} {c} = 2
            RPUSH a 1; TYPE {a} = +list
            TYPE {a} = +none
            SET a 1; UNLINK {a} {b} = 1
            SET a 1; DUMP {a}
            DUMP {a} = nil
            RPUSH l 3 1 2; SORT {l} DESC = ['3', '2', '1']
            RPUSH l 3 1 2; SORT {l} LIMIT 0 2 STORE {d} = 2
            RPUSH l 1; SET d x; SORT {l} BY w_* GET # STORE {d} = 1
            RPUSH d 1; SORT {l} STORE {d} = 0
            RPUSH l a; SORT l = -ERR One or more scores can't be converted into double
            RPUSH l a; TESTKIT.OTHER d; SORT {l} ALPHA STORE {d} = 1
            RPUSH l 3 1 2; SORT_RO {l} = ['1', '2', '3']
            RPUSH l 3; SORT_RO l STORE d = -ERR syntax error
            SET a 12; OBJECT ENCODING {a} = 'int'
            OBJECT ENCODING {a} = nil
            SET a 1; OBJECT IDLETIME {a} = 0
            RPUSH a 1; OBJECT REFCOUNT {a} = 1
            OBJECT HELP
            SET a 1; OBJECT FREQ a
            SET a 12; MEMORY USAGE {a} SAMPLES 0
            MEMORY USAGE {a} = nil
            SET a 1; KEYS * = ['a']
            SET a 1; SCAN 0 MATCH a* COUNT 100 TYPE string = ['0', ['a']]
            SET a 1; SCAN nowhere = -ERR invalid cursor
            SET a 1; RANDOMKEY = 'a'
            SET a 1; DBSIZE = 1
            SET a 1; SWAPDB 0 1 = +OK
            SET a 1; SWAPDB 0 99 = -ERR DB index is out of range
            SET a 1; FLUSHALL = +OK
            SET a 1; FLUSHALL LATER = -ERR syntax error
            SET a 1; FLUSHDB ASYNC = +OK
            """;

    static List<CommandHandler> commands() {
        return Provided.commands("io.miniredis.engine").stream()
                .filter(HonestyIT::isAboutKeys)
                .toList();
    }

    private static boolean isAboutKeys(CommandHandler handler) {
        boolean hasKeys = hasKeys(handler) || handler.subcommands().stream().anyMatch(HonestyIT::hasKeys);
        boolean isOfAll = List.of("keys", "scan", "randomkey", "dbsize", "swapdb", "flushall", "flushdb")
                .contains(handler.spec().name());
        boolean isOfTransaction = handler.spec().name().equals("watch"); // whose keys are the client's affair
        return (hasKeys || isOfAll) && !isOfTransaction;
    }

    private static boolean hasKeys(CommandHandler handler) {
        return handler.spec().keys().stream().anyMatch(keys -> !keys.access().contains(KeySpec.Access.NOT_KEY));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandIsHonest(CommandHandler handler) {
        CommandCheck check = CommandCheck.of(handler).examples(EXAMPLES);
        if (handler.spec().name().equals("restore")) {
            check.example("RESTORE", "a", "0", payload())
                    .keys("a")
                    .answers("+OK")
                    .given("SET", "a", "1")
                    .example("RESTORE", "a", "5000", payload(), "REPLACE")
                    .keys("a")
                    .answers("+OK")
                    .given("SET", "a", "1")
                    .example("RESTORE", "a", "0", payload())
                    .answers("-BUSYKEY Target key name already exists.")
                    .example("RESTORE", "a", "0", "nonsense")
                    .answers("-ERR DUMP payload version or checksum are wrong");
        }
        check.verify();
    }

    @Test
    void helloComesAndGoes() throws IOException {
        JarCheck.of(ExamplesIT.jarOf("commands-hello"))
                .runs("DEMO.HELLO", "World")
                .answers("'Hello, World'")
                .verify();
    }

    @Test
    void theRateLimiterComesAndGoes() throws IOException {
        JarCheck.of(ExamplesIT.jarOf("rate-limiter"))
                .runs("THROTTLE", "k", "2", "30", "60")
                .answers("[0, 3, 2, -1, 2]")
                .runs("THROTTLE", "k", "2", "30", "60", "3")
                .answers("[1, 3, 2, 2, 2]")
                .verify();
    }

    @Test
    void theBloomFilterComesAndGoes() throws IOException {
        JarCheck.of(ExamplesIT.jarOf("bloom-filter"))
                .runs("BF.RESERVE", "k", "0.01", "2")
                .answers("+OK")
                .runs("BF.ADD", "k", "a")
                .answers("1")
                .runs("BF.MADD", "k", "a", "b", "c")
                .answers("[0, 1, 1]")
                .runs("BF.EXISTS", "k", "c")
                .answers("1")
                .runs("BF.MEXISTS", "k", "a", "d")
                .answers("[1, 0]")
                .runs("BF.INFO", "k", "FILTERS")
                .answers("[2]")
                .verify();
    }

    /** Full memory has it rank keys before it goes. */
    @Test
    void tinyLfuComesAndGoes() throws IOException {
        JarCheck.of(ExamplesIT.jarOf("eviction-tinylfu"))
                .set("databases", "1")
                .sends("CONFIG", "SET", "maxmemory-policy", "allkeys-tinylfu")
                .sends("TESTKIT.OTHER", "a")
                .sends("TESTKIT.OTHER", "b")
                .sends("CONFIG", "SET", "maxmemory", "1")
                .sends("DBSIZE")
                .answers("0")
                .sends("CONFIG", "SET", "maxmemory", "0", "maxmemory-policy", "noeviction")
                .verify();
    }

    /** This test runs on the class path, and the server in its JVM with it. */
    @Test
    void onTheClassPathAModuleIsRefusedWithTheReason(@TempDir Path plugins) throws IOException {
        try (TestServer server = TestServer.setup()
                .plugins(plugins)
                .set("enable-module-command", "yes")
                .start()) {
            Files.copy(PluginIT.exampleJar(), plugins.resolve("hello.jar"));
            TestClient client = server.connect();
            client.send("MODULE", "LOAD", "hello.jar");
            assertEquals(
                    "-ERR Error loading the extension: it is a module, and the api is on the class path here, where no"
                            + " module sees it",
                    client.await());
        }
    }

    /** Of a list, as DUMP answers it. */
    private static String payload() {
        try (TestServer server = TestServer.start()) {
            TestClient client = server.connect();
            client.send("RPUSH", "l", "a", "b");
            String dump = client.send("DUMP", "l");
            return dump.substring(1, dump.length() - 1);
        }
    }
}

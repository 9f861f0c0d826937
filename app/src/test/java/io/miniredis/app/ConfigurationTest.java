package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.engine.Directive;
import io.miniredis.engine.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigurationTest {
    @TempDir
    Path folder;

    private Map<String, String> environment = Map.of();

    private Configuration configure(String... args) throws StartFailure {
        Settings settings = new Settings();
        return Configuration.of(settings, Options.parse(settings, args), environment);
    }

    private String get(String directive, String... args) throws StartFailure {
        return configure(args).settings().get(directive);
    }

    private String write(String... lines) throws Exception {
        return Files.writeString(folder.resolve("redis.conf"), String.join("\n", lines) + "\n")
                .toString();
    }

    private StartFailure failure(String... args) {
        return assertThrows(StartFailure.class, () -> configure(args));
    }

    // ---- who beats whom ----

    @Test
    void theCommandLineBeatsTheEnvironmentBeatsTheFileBeatsTheDefault() throws Exception {
        assertEquals("6379", get("port"));
        String file = write("port 1");
        assertEquals("1", get("port", file));
        environment = Map.of("MINIREDIS_PORT", "2");
        assertEquals("2", get("port", file));
        assertEquals("3", get("port", file, "--port", "3"));
        assertEquals("3", get("port", "--port", "3"));
    }

    @Test
    void everyDirectiveIsAnOptionAVariableAndALine() throws Exception {
        for (Directive directive : new Settings().directives()) {
            if (directive.valueLabel().isEmpty()) {
                continue;
            }
            String name = directive.name();
            String value = switch (name) {
                case "maxmemory-policy" -> "allkeys-lru";
                case "loglevel" -> "debug";
                case "enable-debug-command", "enable-module-command", "protected-mode" -> "yes";
                case "acl-pubsub-default" -> "allchannels";
                case "latency-tracking" -> "no";
                case "notify-keyspace-events" -> "AKE";
                case "client-output-buffer-limit" -> "normal 1 2 3 slave 4 5 6 pubsub 7 8 9";
                default -> "3";
            };
            environment = Map.of();
            List<String> option = new ArrayList<>(List.of("--" + name));
            option.addAll(List.of(value.split(" ", -1)));
            assertEquals(value, get(name, option.toArray(String[]::new)));
            assertEquals(value, get(name, write(name + " " + value)));
            environment = Map.of(directive.environmentVariable(), value);
            assertEquals(value, get(name));
        }
    }

    @Test
    void theLastOneCounts() throws Exception {
        assertEquals("2", get("port", "--port", "1", "--port", "2"));
        assertEquals("2", get("port", write("port 1", "port 2")));
        assertEquals("::1", get("bind", write("bind 127.0.0.1", "bind ::1")));
    }

    @Test
    void whatIsOverriddenIsCheckedAllTheSame() throws Exception {
        String file = write("port 99999");
        assertEquals(1, failure(file, "--port", "1").exitCode());
    }

    // ---- values ----

    @Test
    void bindTakesSeveralAddresses() throws Exception {
        assertEquals("127.0.0.1 -::1", get("bind", "--bind", "127.0.0.1", "-::1", "--port", "1"));
        assertEquals("127.0.0.1 ::1", get("bind", "--bind", "127.0.0.1", "--bind", "::1"));
        assertEquals("127.0.0.1 ::1", get("bind", "--bind", "127.0.0.1 ::1"));
        assertEquals("127.0.0.1 -::1", get("bind", write("bind 127.0.0.1 -::1")));
        assertEquals("* -::*", get("bind", "--bind=*", "-::*"));
        environment = Map.of("MINIREDIS_BIND", "127.0.0.1 ::1");
        assertEquals("127.0.0.1 ::1", get("bind"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "100, 100",
        "100b, 100",
        "1k, 1000",
        "1kb, 1024",
        "100mb, 104857600",
        "100MB, 104857600",
        "1m, 1000000",
        "1g, 1000000000",
        "1G, 1000000000",
        "2gb, 2147483648"
    })
    void memorySizesAreAsInRedis(String text, String bytes) throws Exception {
        assertEquals(bytes, get("maxmemory", "--maxmemory", text));
        assertEquals(bytes, get("maxmemory", write("maxmemory " + text)));
    }

    @Test
    void optionsMayBeWrittenInOtherWays() throws Exception {
        assertEquals("7000", get("port", "--port=7000"));
        assertEquals("7000", get("port", "--PORT", "7000"));
        assertEquals("", get("logfile", "--logfile", ""));
        assertEquals("@file", get("logfile", "--logfile", "@file"));
        assertEquals("-", get("logfile", "--logfile", "-"));
        assertEquals("a b", get("logfile", write("LogFile \"a b\"")));
    }

    // ---- refusals: where and what, and the exit code ----

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--nosuch 1 | unknown option '--nosuch'",
                "--maxmemry 1 | unknown option '--maxmemry'; did you mean --maxmemory",
                "-x | unknown option '-x'",
                "--port | --port: a value is missing",
                "--bind | --bind: a value is missing",
                "--port --bind x | --port: a value is missing",
                "--port abc | --port abc: argument couldn't be parsed into an integer",
                "--port 65536 | --port 65536: argument must be between 0 and 65535 inclusive",
                "--port -1 | --port -1: argument must be between 0 and 65535 inclusive",
                "--maxmemory 10zb | --maxmemory 10zb: argument must be a memory value",
                "--loglevel chatty | --loglevel chatty: argument(s) must be one of the following: debug,",
                "--port 1 2 | '2' belongs to no option",
                "--appendonly yes | --appendonly yes: cannot be had, because nothing is written to disk",
                "--cluster-enabled yes | --cluster-enabled yes: cannot be had, because there is no cluster",
                "--masterauth secret | unknown option '--masterauth'",
            })
    void aWrongCommandLineIsNamed(String line, String message) {
        StartFailure failure = failure(line.strip().split(" ", -1));
        assertTrue(failure.getMessage().startsWith(message.strip()), failure.getMessage());
        assertEquals(2, failure.exitCode());
    }

    @Test
    void aWrongVariableIsNamed() {
        environment = Map.of("MINIREDIS_PORT", "tcp://10.0.0.1:6379");
        assertEquals(
                "MINIREDIS_PORT=tcp://10.0.0.1:6379: argument couldn't be parsed into an integer",
                failure().getMessage());
        assertEquals(2, failure().exitCode());
        environment = Map.of("MINIREDIS_MAXMEMORY", "");
        assertEquals(
                "MINIREDIS_MAXMEMORY=: argument must be a memory value",
                failure().getMessage());
        environment = Map.of("MINIREDIS_APPENDONLY", "yes");
        assertEquals(2, failure().exitCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nosuch 1 | there is no directive 'nosuch'",
                "masterauth secret | there is no directive 'masterauth'",
                "replicaof a 1 | there is no directive 'replicaof'",
                "port | a value is missing",
                "port 1 2 | takes one value",
                "port abc | argument couldn't be parsed into an integer",
                "maxmemory 1.5g | argument must be a memory value",
                "appendonly yes | cannot be had, because nothing is written to disk",
                "notify-keyspace-events KEX | Invalid event class character. Use 'Ag$lshzxeKEtmdn'.",
                "client-output-buffer-limit pubsub 1 2 | Wrong number of arguments in buffer limit configuration.",
                "port \"1 | a quote is not closed",
                "loadmodule | the name of a jar or folder is missing",
                "demo.hello.greeting | a value is missing",
                "demo.hello.greeting a b | takes one value",
            })
    void aWrongLineIsNamed(String line, String reason) throws Exception {
        String file = write("# first", line);
        StartFailure failure = failure(file);
        assertEquals(file + ":2: " + line + ": " + reason, failure.getMessage());
        assertEquals(1, failure.exitCode());
    }

    @Test
    void aValueThatTurnsOutNotToBeFitIsTracedBack() throws Exception {
        assertEquals(
                "--maxmemory-policy foo: no",
                configure("--maxmemory-policy", "foo")
                        .refuse("maxmemory-policy", "no")
                        .getMessage());
        String file = write("maxmemory-policy foo");
        StartFailure failure = configure(file).refuse("maxmemory-policy", "no");
        assertEquals(file + ":1: maxmemory-policy foo: no", failure.getMessage());
        assertEquals(1, failure.exitCode());
        assertEquals("port 6379 (the default)", configure().origin("port"));
    }

    @Test
    void limitsOfSeveralClassesAddUp() throws Exception {
        String file =
                write("client-output-buffer-limit normal 1kb 0 0", "client-output-buffer-limit pubsub 32mb 8mb 60");
        assertEquals(
                "normal 1024 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60",
                configure(file).settings().get("client-output-buffer-limit"));
        assertEquals(
                "normal 1 2 3 slave 268435456 67108864 60 pubsub 4 5 6",
                configure("--client-output-buffer-limit", "normal", "1", "2", "3", "pubsub", "4", "5", "6")
                        .settings()
                        .get("client-output-buffer-limit"));
    }

    // ---- what does no harm ----

    @Test
    void harmlessDirectivesOfRedisAreAcceptedWithOneWarningEach() throws Exception {
        String file = write("daemonize yes", "client-query-buffer-limit 1gb", "save 3600 1", "port 1");
        Configuration configuration = configure(file);
        assertEquals("1", configuration.settings().get("port"));
        assertEquals(3, configuration.warnings().size());
        assertTrue(configuration.warnings().get(0).startsWith(file + ":1: daemonize yes: has no effect, because "));
        assertTrue(configuration.warnings().get(2).endsWith("nothing is written to disk"));
        assertEquals("", configuration.settings().get("save"));
    }

    @Test
    void whatIsSoAnywayNeedsNoWarning() throws Exception {
        String file = write("save \"\"", "appendonly no", "daemonize no", "cluster-enabled no");
        assertEquals(List.of(), configure(file).warnings());
        assertEquals(
                List.of(),
                configure("--save", "", "--appendonly", "no", "--tls-port", "0").warnings());
    }

    @Test
    void harmlessDirectivesAreOptionsToo() throws Exception {
        Configuration configuration =
                configure("--save", "900", "1", "300", "10", "--tcp-backlog", "511", "--port", "1");
        assertEquals("1", configuration.settings().get("port"));
        assertEquals(
                List.of(
                        "--save 900 1 300 10: has no effect, because nothing is written to disk",
                        "--tcp-backlog 511: has no effect, because sockets are the operating system's default"),
                configuration.warnings());
    }

    @Test
    void unknownVariablesAreMentioned() throws Exception {
        environment = Map.of("MINIREDIS_MAXMEMRY", "1gb", "MINIREDIS_JAVA_OPTS", "-Xmx1g", "PATH", "/bin");
        List<String> warnings = configure().warnings();
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("MINIREDIS_MAXMEMRY"), warnings.get(0));
    }

    @Test
    void remembersTheFile() throws Exception {
        assertEquals("", configure().file());
        String file = write("port 1");
        assertEquals(file, configure(file).file());
        assertTrue(configure(file).isSet("port"));
        assertFalse(configure(file).isSet("bind"));
    }
}

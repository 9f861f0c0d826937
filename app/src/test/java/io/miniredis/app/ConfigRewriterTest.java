package io.miniredis.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.engine.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What CONFIG REWRITE makes of a file. */
final class ConfigRewriterTest {
    private static final String SIGNATURE = ConfigRewriter.SIGNATURE;

    @TempDir
    Path folder;

    private Path file;
    private Settings settings;
    private List<String> users = List.of();

    @BeforeEach
    void name() {
        file = folder.resolve("redis.conf");
    }

    /** Starts with these lines, and these options. */
    private void start(List<String> lines, String... options) throws Exception {
        Files.write(file, lines);
        settings = read(options);
    }

    private Settings read(String... options) throws Exception {
        String[] args =
                Stream.concat(Stream.of(file.toString()), Stream.of(options)).toArray(String[]::new);
        Settings read = new Settings();
        Configuration.of(read, Options.parse(read, args), Map.of());
        return read;
    }

    private List<String> rewritten() throws Exception {
        ConfigRewriter.rewrite(file.toString(), settings, users);
        try (Stream<Path> files = Files.list(folder)) {
            assertTrue(files.noneMatch(each -> each.toString().endsWith(".tmp")), "a temporary file is left");
        }
        return Files.readAllLines(file);
    }

    @Test
    void whatHasNotChangedStaysAsItIs() throws Exception {
        List<String> lines =
                List.of("# mine", "  MaxMemory   104857600", "", "timeout 7 ", "save 60 1", "hello.greeting Hi");
        start(lines);
        assertEquals(lines, rewritten());
    }

    @Test
    void theLineOfWhatHasChangedIsReplaced() throws Exception {
        start(List.of("# one", "maxmemory 100mb", "# two", "timeout 7", "# three"));
        settings.set("maxmemory", "209715200");
        assertEquals(List.of("# one", "maxmemory 200mb", "# two", "timeout 7", "# three"), rewritten());
    }

    @Test
    void whatHasNoLineIsAddedAtTheEnd() throws Exception {
        start(List.of("timeout 7"), "--maxmemory-policy", "volatile-ttl");
        settings.set("maxmemory", "1000");
        assertEquals(
                List.of("timeout 7", "", SIGNATURE, "maxmemory 1000", "maxmemory-policy volatile-ttl"), rewritten());
        settings.set("maxclients", "5");
        assertEquals(
                List.of("timeout 7", "", SIGNATURE, "maxmemory 1000", "maxmemory-policy volatile-ttl", "maxclients 5"),
                rewritten());
    }

    @Test
    void aDefaultThatIsBackReplacesTheLine() throws Exception {
        start(List.of("timeout 7"));
        settings.set("timeout", "0");
        assertEquals(List.of("timeout 0"), rewritten());
    }

    @Test
    void ofSeveralLinesTheLastOneCounts() throws Exception {
        start(List.of("timeout 7", "timeout 8"));
        settings.set("timeout", "9");
        assertEquals(List.of("timeout 7", "timeout 9"), rewritten());
    }

    @Test
    void anIncludedFileIsOverruled() throws Exception {
        Path included = Files.write(folder.resolve("more.conf"), List.of("timeout 7", "maxclients 9"));
        start(List.of("timeout 6", "include " + included));
        assertEquals(List.of("timeout 6", "include " + included), rewritten());
        settings.set("timeout", "8");
        assertEquals(List.of("timeout 6", "include " + included, "", SIGNATURE, "timeout 8"), rewritten());
        assertEquals("8", read().get("timeout"));
        assertEquals(List.of("timeout 7", "maxclients 9"), Files.readAllLines(included));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "", "with \"quotes\" and \\", "tab\tnew\nline\u0001", "caf\u00e9"})
    void whateverIsWrittenIsReadBack(String value) throws Exception {
        start(List.of("timeout 7", "logfile something-else"));
        settings.set("logfile", value);
        settings.set("bind", "127.0.0.1 -::1");
        settings.set("latency-tracking-info-percentiles", value.isEmpty() ? "" : "50 99.9");
        rewritten();
        assertEquals(value, read().get("logfile"));
        assertEquals("127.0.0.1 -::1", read().get("bind"));
        assertEquals(value.isEmpty() ? "" : "50 99.9", read().get("latency-tracking-info-percentiles"));
    }

    @Test
    void aCommentInAnotherEncodingStays() throws Exception {
        byte[] bytes = "# caf\u00e9\ntimeout 7\n".getBytes(ISO_8859_1);
        start(List.of());
        Files.write(file, bytes);
        settings.set("timeout", "7");
        rewrittenTo(bytes);
    }

    private void rewrittenTo(byte[] bytes) throws Exception {
        ConfigRewriter.rewrite(file.toString(), settings, users);
        assertArrayEquals(bytes, Files.readAllBytes(file));
    }

    @Test
    void aFileThatIsGoneIsWrittenAnew() throws Exception {
        start(List.of("timeout 7"));
        Files.delete(file);
        assertEquals(List.of("", SIGNATURE, "timeout 7"), rewritten());
    }

    @Test
    void permissionsAndSymbolicLinksStay() throws Exception {
        start(List.of("timeout 7"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Path real = file;
        file = Files.createSymbolicLink(folder.resolve("link.conf"), real);
        settings.set("timeout", "8");
        rewritten();
        assertTrue(Files.isSymbolicLink(file));
        assertEquals(List.of("timeout 8"), Files.readAllLines(real));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(real)));
    }

    @Test
    void aFileThatCannotBeReadIsLeftAlone() throws Exception {
        List<String> lines = List.of("timeout 7", "logfile \"not closed");
        start(List.of());
        Files.write(file, lines);
        settings.set("timeout", "8");
        assertThrows(IOException.class, () -> ConfigRewriter.rewrite(file.toString(), settings, users));
        assertEquals(lines, Files.readAllLines(file));
    }

    @Test
    void usersTakeThePlaceOfUsers() throws Exception {
        start(List.of("user ann on", "# comment", "user ben on >pw", "port 1"));
        users = List.of("user ann off (~x +get)", "user cid on ~a\"b &* +@all", "user  off");
        assertEquals(
                List.of(
                        "user ann off (~x +get)",
                        "user cid on \"~a\\\"b\" &* +@all",
                        "user \"\" off",
                        "# comment",
                        "port 1"),
                rewritten());
        assertEquals(rewritten(), rewritten());
        users = List.of();
        assertEquals(List.of("# comment", "port 1"), rewritten());
        users = List.of("user ann on");
        assertEquals(List.of("# comment", "port 1", "", SIGNATURE, "user ann on"), rewritten());
    }

    @Test
    void usersOfAnIncludedFileCannotBeReplaced() throws Exception {
        Path included = Files.write(folder.resolve("users.conf"), List.of("user ann on"));
        List<String> lines = List.of("include '" + included + "'");
        start(lines);
        assertThrows(IOException.class, this::rewritten);
        assertEquals(lines, Files.readAllLines(file));
    }
}

package io.miniredis.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigFileTest {
    @TempDir
    Path folder;

    @Test
    void linesAreDirectivesWithTheirValues() throws Exception {
        String file = write("a.conf", "# a comment", "", "  PORT 7000  ", "\t# another", "bind 127.0.0.1 \"::1\"\r");
        List<ConfigFile.Line> lines = ConfigFile.read(file);
        assertEquals(2, lines.size());
        assertEquals("port", lines.get(0).directive());
        assertEquals(List.of("7000"), lines.get(0).values());
        assertEquals(file + ":3: PORT 7000", lines.get(0).place());
        assertEquals(List.of("127.0.0.1", "::1"), lines.get(1).values());
        assertEquals(5, lines.get(1).number());
    }

    @Test
    void aCommentInAnotherEncodingDoesNoHarm() throws Exception {
        Path file = folder.resolve("latin1.conf");
        Files.write(file, "# \u00fcber alles\nport 7000\n".getBytes(ISO_8859_1));
        assertEquals(1, ConfigFile.read(file.toString()).size());
    }

    @Test
    void includedLinesStandInPlaceOfTheInclude() throws Exception {
        String included = write("b.conf", "port 2");
        String file = write("a.conf", "port 1", "include " + included, "port 3");
        assertEquals(
                List.of("1", "2", "3"),
                ConfigFile.read(file).stream().map(line -> line.values().get(0)).toList());
        assertEquals(included + ":1: port 2", ConfigFile.read(file).get(1).place());
    }

    @Test
    void aPatternIncludesAllThatMatchByName() throws Exception {
        Files.createDirectory(folder.resolve("conf.d"));
        write("conf.d/2.conf", "port 2");
        write("conf.d/1.conf", "port 1");
        write("conf.d/3.txt", "port 3");
        String file = write("a.conf", "include " + folder.resolve("conf.d") + "/*.conf", "include " + folder + "/no/*");
        assertEquals(
                List.of("1", "2"),
                ConfigFile.read(file).stream().map(line -> line.values().get(0)).toList());
    }

    @Test
    void messagesNameFileAndLine() throws Exception {
        String quote = write("quote.conf", "port 1", "logfile \"a");
        assertEquals(quote + ":2: logfile \"a: a quote is not closed", messageOf(quote));

        String circle = write("circle.conf", "include " + folder.resolve("circle.conf"));
        assertTrue(messageOf(circle).startsWith(circle + ":1: include "), messageOf(circle));

        String missing = write("missing.conf", "", "include " + folder.resolve("nosuch.conf"));
        assertEquals(
                missing + ":2: include " + folder.resolve("nosuch.conf") + ": there is no such file",
                messageOf(missing));

        String bare = write("bare.conf", "include");
        assertEquals(bare + ":1: include: include takes one file", messageOf(bare));
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        assertEquals("/no/such.conf: there is no such file", messageOf("/no/such.conf"));
        assertTrue(
                messageOf(folder.toString()).startsWith(folder + ": the file cannot be read"),
                messageOf(folder.toString()));
        assertTrue(messageOf("a\0b").contains("cannot be read"), messageOf("a\0b"));
    }

    private static String messageOf(String file) {
        StartFailure failure = assertThrows(StartFailure.class, () -> ConfigFile.read(file));
        assertEquals(1, failure.exitCode());
        return failure.getMessage();
    }

    private String write(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n")
                .toString();
    }
}

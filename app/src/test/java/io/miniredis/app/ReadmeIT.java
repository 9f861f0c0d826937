package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README says is so. */
final class ReadmeIT {
    private static final Path README = Path.of("..", "README.md");

    /** A row such as {@code | strings | GET, SET |}, as they stand in the section on commands. */
    private static final Pattern ROW = Pattern.compile("\\| [a-z]+ \\| ([A-Z][A-Z, ]+) \\|");

    @Test
    void everyCommandIsInTheTableAndEveryOneInTheTableIsThere() throws Exception {
        Set<String> documented = new TreeSet<>();
        Matcher row = ROW.matcher(Files.readString(README));
        while (row.find()) {
            documented.addAll(Set.of(row.group(1).split(", ", -1)));
        }
        Set<String> actual = new TreeSet<>();
        try (ServerProcess server = ServerProcess.start();
                RawClient client = new RawClient(server.port())) {
            for (RawReply element : client.call("COMMAND", "LIST").elements()) {
                String name = element.raw().split("\r\n", -1)[1];
                actual.add(name.toUpperCase(Locale.ROOT).replace('|', ' '));
            }
            // Alone, these do nothing but point to their subcommands.
            for (String container : Set.of("CLIENT", "CONFIG")) {
                assertTrue(actual.remove(container));
            }
        }
        assertEquals(actual, documented);
    }
}

package io.miniredis.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README says the server has is what the server has. */
final class ReadmeIT {
    private static final Path README = Path.of("..", "README.md");

    @Test
    void namesAllCommandsAndNoOthers() throws Exception {
        try (ServerProcess server = ServerProcess.start();
                RawClient client = new RawClient(server.port())) {
            assertEquals(commandsOf(client), commandsInReadme());
        }
    }

    /** A command that only has subcommands is named with each of them. */
    private static Set<String> commandsOf(RawClient client) {
        Set<String> names = new TreeSet<>();
        for (RawReply element : client.call("COMMAND", "LIST").elements()) {
            names.add(element.raw().split("\r\n", -1)[1]);
        }
        Set<String> all = Set.copyOf(names);
        names.removeIf(name -> isMereContainer(name, all));
        return names;
    }

    /** Whether a command does nothing without one of its subcommands. */
    private static boolean isMereContainer(String name, Set<String> all) {
        return !name.equals("command") && all.stream().anyMatch(other -> other.startsWith(name + "|"));
    }

    private static Set<String> commandsInReadme() throws IOException {
        String readme = Files.readString(README, UTF_8);
        String table = readme.substring(readme.indexOf("| group | commands |"), readme.indexOf("## Options"));
        Set<String> names = new TreeSet<>();
        Matcher row = Pattern.compile("\\| (?!group)\\w+ \\| (.*) \\|").matcher(table);
        while (row.find()) {
            for (String name : row.group(1).split(", ", -1)) {
                names.add(name.toLowerCase(java.util.Locale.ROOT).replace(' ', '|'));
            }
        }
        return names;
    }
}

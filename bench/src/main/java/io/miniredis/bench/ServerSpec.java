package io.miniredis.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server to measure.
 *
 * @param name what tables call it
 * @param command the words that start it; <code>{port}</code> stands for the port it shall listen on
 */
record ServerSpec(String name, List<String> command) {
    static final String PORT = "{port}";

    /** Reads {@code NAME=COMMAND}. Words are split at blanks; quotes of either kind hold them together. */
    static ServerSpec parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new BenchFailure("'" + text + "' is not of the form NAME=COMMAND");
        }
        List<String> words = words(text.substring(equals + 1)).stream()
                .map(ServerSpec::absolute)
                .toList();
        if (words.stream().noneMatch(word -> word.contains(PORT))) {
            throw new BenchFailure("the command of '" + text + "' does not say where " + PORT + " goes");
        }
        return new ServerSpec(text.substring(0, equals), words);
    }

    /** Files are named from here, but the server will run in a folder of its own. */
    private static String absolute(String word) {
        boolean isFile = word.indexOf('/') > 0 && Files.exists(Path.of(word));
        return isFile ? Path.of(word).toAbsolutePath().normalize().toString() : word;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && c == ' ') {
                if (word != null) {
                    words.add(word.toString());
                }
                word = null;
                continue;
            }
            word = word == null ? new StringBuilder() : word;
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else {
                word.append(c);
            }
        }
        if (quote != 0) {
            throw new BenchFailure("a quote is not closed in: " + text);
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }

    /** The command for one start. */
    List<String> commandOn(int port) {
        return command.stream()
                .map(word -> word.replace(PORT, Integer.toString(port)))
                .toList();
    }
}

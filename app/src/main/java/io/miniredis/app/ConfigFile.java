package io.miniredis.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.miniredis.engine.WordSplitter;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A configuration file in the syntax of redis.conf: a directive and its values on each line, comments after {@code #} at the
 * beginning of a line, {@code include FILE} in whose place the lines of that file (or, for a pattern, of those files) stand.
 */
final class ConfigFile {
    /** Deeper than anyone means; a file that includes itself ends here. */
    private static final int MAX_INCLUDES = 16;

    /**
     * A line that is neither empty nor a comment.
     *
     * @param file as it was named
     * @param number from 1
     * @param text without blanks around it
     * @param words the directive, in lower case, and its values
     */
    record Line(String file, int number, String text, List<String> words) {
        String directive() {
            return words.get(0);
        }

        List<String> values() {
            return words.subList(1, words.size());
        }

        /** Where it is and what it says, to begin a message with. */
        String place() {
            return file + ":" + number + ": " + text;
        }
    }

    private final List<Line> lines = new ArrayList<>();

    private ConfigFile() {}

    /**
     * Reads a file and all it includes.
     *
     * @return its lines in order
     * @throws StartFailure if one cannot be read, or a line not be split into words
     */
    static List<Line> read(String file) throws StartFailure {
        ConfigFile config = new ConfigFile();
        config.add(file, file, 0);
        return config.lines;
    }

    /**
     * What one line says: itself, or the lines of the files that it includes.
     *
     * @param text neither empty nor a comment
     * @throws StartFailure if it cannot be split into words, or a file not be read
     */
    static List<Line> readLine(String file, int number, String text) throws StartFailure {
        ConfigFile config = new ConfigFile();
        config.add(split(file, number, text), 0);
        return config.lines;
    }

    private void add(String file, String blame, int depth) throws StartFailure {
        int number = 0;
        for (String raw : textOf(file, blame).split("\n", -1)) {
            number++;
            String text = raw.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            add(split(file, number, text), depth);
        }
    }

    private void add(Line line, int depth) throws StartFailure {
        if (line.directive().equals("include")) {
            include(line, depth + 1);
        } else {
            lines.add(line);
        }
    }

    private static String textOf(String file, String blame) throws StartFailure {
        try {
            // Not readString: a comment in another encoding is no reason to refuse the file.
            return new String(Files.readAllBytes(Path.of(file)), UTF_8);
        } catch (NoSuchFileException e) {
            throw StartFailure.failure(blame + ": there is no such file");
        } catch (AccessDeniedException e) {
            throw StartFailure.failure(blame + ": the file may not be read (permission denied)");
        } catch (IOException | IllegalArgumentException e) {
            throw StartFailure.failure(blame + ": the file cannot be read (" + e.getMessage() + ")");
        }
    }

    private static Line split(String file, int number, String text) throws StartFailure {
        List<String> words;
        try {
            words = WordSplitter.split(text);
        } catch (IllegalArgumentException e) {
            throw StartFailure.failure(file + ":" + number + ": " + text + ": " + e.getMessage());
        }
        words.set(0, words.get(0).toLowerCase(Locale.ROOT));
        return new Line(file, number, text, words);
    }

    private void include(Line line, int depth) throws StartFailure {
        if (depth > MAX_INCLUDES) {
            throw StartFailure.failure(line.place() + ": more than " + MAX_INCLUDES + " files include each other");
        }
        if (line.values().size() != 1) {
            throw StartFailure.failure(line.place() + ": include takes one file");
        }
        String name = line.values().get(0);
        if (name.matches(".*[*?\\[].*")) {
            for (String file : matching(name, line)) {
                add(file, line.place(), depth);
            }
        } else {
            add(name, line.place(), depth);
        }
    }

    /** The files that a pattern names, in the order of their names; none is not an error. */
    private static List<String> matching(String pattern, Line line) throws StartFailure {
        int slash = pattern.lastIndexOf('/');
        String folder = slash < 0 ? "." : pattern.substring(0, slash + 1);
        List<String> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(folder), pattern.substring(slash + 1))) {
            entries.forEach(entry -> files.add(entry.toString()));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | IllegalArgumentException e) {
            throw StartFailure.failure(line.place() + ": cannot be listed (" + e.getMessage() + ")");
        }
        files.sort(null);
        return files;
    }
}

package io.miniredis.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies of plugins' jars, which are what is loaded; so replacing a jar under a running server does no harm. */
final class Staging {
    private static final Logger LOG = LoggerFactory.getLogger(Staging.class);

    /** Where the copies lie; null while there are none. */
    private Path folder;

    static boolean isJar(Path path) {
        return path.getFileName().toString().endsWith(".jar");
    }

    /** The jars of a folder, in the order of their names. */
    static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Staging::isJar).sorted().collect(Collectors.toList());
        }
    }

    /** Copies a jar, or the jars of a folder, into a folder of its own. */
    Path copy(Path source) throws IOException {
        if (folder == null) {
            folder = Files.createTempDirectory("miniredis-plugins");
        }
        Path target = Files.createTempDirectory(folder, "plugin");
        for (Path jar : isJar(source) ? List.of(source) : jars(source)) {
            Files.copy(jar, target.resolve(jar.getFileName()));
        }
        return target;
    }

    /** Removes all copies. */
    void close() {
        if (folder != null) {
            remove(folder);
        }
    }

    /** Removes a copy. */
    void remove(Path copy) {
        if (copy == null) {
            return; // of a plugin that never lay in a file
        }
        try (Stream<Path> files = Files.walk(copy)) {
            files.sorted(Comparator.reverseOrder()).forEach(Staging::delete);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("The copies of plugins in {} remain: {}", copy, e.toString());
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.miniredis.engine;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of plugins' jars, which are what is loaded; so replacing a jar under a running server does no harm. They lie in a temporary folder
 * that is locked while the server lives. What a server has left behind that was killed, whose lock is free, the next one removes.
 */
final class Staging {
    private static final Logger LOG = LoggerFactory.getLogger(Staging.class);

    private static final String PREFIX = "miniredis-plugins";
    private static final String LOCK = "lock";

    /** The folders of this process, never to be opened again: on some systems closing a file frees all locks that a process has on it. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path temp;

    /** Where the copies lie; null while there are none. */
    private Path folder;

    /** Holds the folder's lock. */
    private FileChannel lock;

    Staging() {
        this(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** @param temp where temporary folders lie */
    Staging(Path temp) {
        this.temp = temp;
    }

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
            removeLeftovers();
            folder = Files.createTempDirectory(temp, PREFIX);
            OWN.add(folder);
            lock = FileChannel.open(folder.resolve(LOCK), CREATE_NEW, WRITE);
            lock.lock();
        }
        Path target = Files.createTempDirectory(folder, "plugin");
        for (Path jar : isJar(source) ? List.of(source) : jars(source)) {
            Files.copy(jar, target.resolve(jar.getFileName()));
        }
        return target;
    }

    private void removeLeftovers() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temp, PREFIX + "*")) {
            for (Path other : folders) {
                if (!OWN.contains(other) && isAbandoned(other)) {
                    remove(other);
                }
            }
        }
    }

    /** A folder without a lock file is one that is just being made, or not ours to judge. */
    private static boolean isAbandoned(Path other) {
        try (FileChannel channel = FileChannel.open(other.resolve(LOCK), WRITE);
                FileLock free = channel.tryLock()) {
            return free != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    /** Removes all copies. */
    void close() {
        if (folder == null) {
            return;
        }
        remove(folder);
        OWN.remove(folder);
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("The lock of {} could not be given back: {}", folder, e.toString());
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

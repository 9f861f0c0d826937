package io.miniredis.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the system allows this program and those that it starts. */
final class Limits {
    /** Files that are open besides connections. */
    private static final int RESERVE = 200;

    private Limits() {}

    /** Those numbers of connections that can be opened; says which cannot. */
    static List<Integer> possibleConnections(List<Integer> counts) {
        long most = openFiles() - RESERVE;
        counts.stream()
                .filter(count -> count > most)
                .forEach(count -> Setup.progress("left out: " + count + " connections (see ulimit -Hn)"));
        return counts.stream().filter(count -> count <= most).toList();
    }

    /** The hard limit, up to which a JVM and redis-server raise their own. */
    private static long openFiles() {
        try {
            return Files.readAllLines(Path.of("/proc/self/limits")).stream()
                    .filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.split("\\s{2,}", -1)[2])
                    .mapToLong(hard -> hard.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(hard))
                    .findFirst()
                    .orElse(1024);
        } catch (IOException e) {
            return 1024;
        }
    }
}

package io.miniredis.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks into a server that runs on HotSpot, from outside: its options stay what its launcher chose, and the image needs no tools
 * for it. The virtual machine itself listens for {@code jcmd}, here that of the JDK that runs the comparison.
 */
final class Jvm {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
    private static final int COLLECT_SECONDS = 300;

    private Jvm() {}

    /** Whether a server is a Java process that can be looked into. */
    static boolean isJava(Server server) {
        return program(server).endsWith("java");
    }

    /** The program that a server runs on. */
    static Path program(Server server) {
        try {
            return Files.readSymbolicLink(
                    Path.of("/proc", Long.toString(server.processes().pid()), "exe"));
        } catch (IOException e) {
            throw new BenchFailure("cannot look at " + server.name(), e);
        }
    }

    /**
     * The heap in use, in bytes: the sizes of all objects that are left after a full collection, which counting them begins with.
     * That is exact, where a reading of the heap's fill shows garbage as well.
     */
    static long liveHeapBytes(Server server) {
        return find(TOTAL, jcmd(server, "GC.class_histogram"));
    }

    /** What a server's data takes in its heap: the live objects of a JVM, what another server says of itself. */
    static long heapBytes(Server server) {
        return isJava(server) ? liveHeapBytes(server) : server.ask(RespClient::usedMemory);
    }

    static String jcmd(Server server, String... command) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        return Tools.output(
                List.of(jcmd.toString(), Long.toString(server.processes().pid()), String.join(" ", command)),
                COLLECT_SECONDS);
    }

    private static long find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new BenchFailure("jcmd said: " + text.strip());
        }
        return Long.parseLong(matcher.group(1));
    }
}

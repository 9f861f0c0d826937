package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Redis's own programs, which a machine may or may not have. */
final class RedisTools {
    private RedisTools() {}

    /** Skips the test if a program is not installed; fails it if {@code MINIREDIS_REQUIRE_REDIS=1} says that it must be. */
    static void require(String program) throws Exception {
        require(isInstalled(program), program + " is not installed");
    }

    /** Skips or fails the test, as above, if something about the programs is not so. */
    static void require(boolean condition, String otherwise) {
        if (condition) {
            return;
        }
        String message = otherwise + ", so nothing is compared with Redis";
        if ("1".equals(System.getenv("MINIREDIS_REQUIRE_REDIS"))) {
            fail(message);
        }
        System.err.println("SKIPPED: " + message);
        assumeTrue(false, message);
    }

    /** Skips or fails the test, as above, if a server is not of the version whose replies are the specification. */
    static void requireVersion(String info) {
        require(info.contains("redis_version:7.0."), "the redis-server that is installed is not of version 7.0");
    }

    /** The library that stands between a program and the system's clock; skips or fails the test, as above, without it. */
    static Path requireFaketime() throws IOException {
        try (Stream<Path> found =
                Files.find(Path.of("/usr/lib"), 3, (path, attributes) -> path.endsWith("faketime/libfaketime.so.1"))) {
            Optional<Path> library = found.findFirst();
            require(library.isPresent(), "libfaketime is not installed");
            return library.orElseThrow();
        }
    }

    private static boolean isInstalled(String program) throws Exception {
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}

package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.TimeUnit;

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

    private static boolean isInstalled(String program) throws Exception {
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (java.io.IOException e) {
            return false;
        }
    }
}

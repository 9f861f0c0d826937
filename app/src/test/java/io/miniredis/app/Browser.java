package io.miniredis.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Chromium without a window. */
final class Browser {
    private static final long LIMIT_SECONDS = 120;

    private Browser() {}

    /** Skips the test if no browser is installed; fails it if {@code MINIREDIS_REQUIRE_BROWSER=1} says that there must be one. */
    static String require() {
        Optional<String> program = Stream.of("chromium", "chromium-browser", "google-chrome")
                .filter(Browser::isInstalled)
                .findFirst();
        if (program.isEmpty() && "1".equals(System.getenv("MINIREDIS_REQUIRE_BROWSER"))) {
            fail("no Chromium is installed");
        }
        assumeTrue(program.isPresent(), "no Chromium is installed, so the page is not looked at");
        return program.orElseThrow();
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /**
     * Opens a page, lets its script run for so long by the page's own clock, and returns what the document is then. Fails if the page
     * writes anything to the console.
     */
    static String open(String address, long scriptMillis, Path folder) throws Exception {
        Path dom = folder.resolve("dom.html");
        Path log = folder.resolve("browser.log");
        Process browser = new ProcessBuilder(
                        require(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--enable-logging=stderr",
                        "--virtual-time-budget=" + scriptMillis,
                        "--dump-dom",
                        address)
                .redirectOutput(dom.toFile())
                .redirectError(log.toFile())
                .start();
        if (!browser.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            browser.destroyForcibly().waitFor();
            fail("the browser did not end:\n" + Files.readString(log, UTF_8));
        }
        String errors = Files.readString(log, UTF_8);
        assertEquals(0, browser.exitValue(), errors);
        assertTrue(errors.lines().noneMatch(line -> line.contains("CONSOLE")), errors);
        return Files.readString(dom, UTF_8);
    }
}

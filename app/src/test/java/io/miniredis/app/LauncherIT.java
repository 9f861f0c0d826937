package io.miniredis.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image's launcher, {@code bin/miniredis}, from unusual places and with unusual settings. */
final class LauncherIT {
    private static final Path IMAGE = Path.of(System.getProperty("miniredis.image"));
    private static final Path LAUNCHER = IMAGE.resolve("bin").resolve("miniredis");

    @TempDir
    Path temp;

    @Test
    void printsItsVersionAndNothingElse() throws Exception {
        assertIsVersion(run(Map.of(), LAUNCHER, "--version"));
    }

    /** Java does not say so if it cannot find the method. */
    @Test
    void theMethodThatIsCompiledApartExists() throws Exception {
        Matcher option =
                Pattern.compile("CompileCommand=dontinline,([\\w.]+)::(\\w+)").matcher(Files.readString(LAUNCHER));
        assertTrue(option.find());
        assertTrue(Stream.of(Class.forName(option.group(1)).getDeclaredMethods())
                .anyMatch(method -> method.getName().equals(option.group(2))));
    }

    @Test
    void startsThroughLinksToLinks() throws Exception {
        Path absolute = Files.createSymbolicLink(temp.resolve("absolute"), LAUNCHER.toAbsolutePath());
        Path relative = Files.createSymbolicLink(
                Files.createDirectory(temp.resolve("a folder")).resolve("relative link"), Path.of("..", "absolute"));
        assertIsVersion(run(Map.of(), absolute, "--version"));
        assertIsVersion(run(Map.of(), relative, "--version"));
    }

    @Test
    void startsFromAPathWithSpacesAfterBeingMoved() throws Exception {
        Path copy = ImageCopy.in(temp);
        assertIsVersion(run(Map.of(), copy.resolve("bin").resolve("miniredis"), "--version"));
    }

    @Test
    void doesWithoutAnArchiveThatDoesNotFit() throws Exception {
        Path copy = ImageCopy.in(temp);
        Path archive = copy.resolve("lib").resolve("miniredis.jsa");
        Path launcher = copy.resolve("bin").resolve("miniredis");

        Files.setLastModifiedTime(copy.resolve("lib").resolve("modules"), FileTime.from(Instant.EPOCH));
        assertIsVersion(run(Map.of(), launcher, "--version"));

        Files.delete(archive);
        Files.writeString(archive, "not an archive");
        assertIsVersion(run(Map.of(), launcher, "--version"));

        Files.delete(archive);
        assertIsVersion(run(Map.of(), launcher, "--version"));
    }

    @Test
    void javaOptionsReplaceTheDefaults() throws Exception {
        Result defaults = run(Map.of(), LAUNCHER, "--version");
        assertIsVersion(defaults);

        // Two collectors at once is an error, so the launcher's own choice must be gone.
        assertIsVersion(run(Map.of("MINIREDIS_JAVA_OPTS", "-XX:+UseParallelGC -Xmx32m"), LAUNCHER, "--version"));
        assertIsVersion(run(Map.of("MINIREDIS_JAVA_OPTS", ""), LAUNCHER, "--version"));
        assertIsVersion(run(Map.of("MINIREDIS_JAVA_OPTS", "-Xshare:off -Dpattern=/*"), LAUNCHER, "--version"));

        Result refused = run(Map.of("MINIREDIS_JAVA_OPTS", "-XX:NoSuchOption=1"), LAUNCHER, "--version");
        assertEquals(1, refused.exitCode);
        assertTrue(refused.output.contains("NoSuchOption"), refused.output);
    }

    @Test
    void hasWhatBelongsToIt() {
        for (String name :
                List.of("LICENSE", "NOTICE.txt", "README.md", "legal/java.base/LICENSE", "plugins/README.txt")) {
            assertTrue(Files.isRegularFile(IMAGE.resolve(name)), name);
        }
    }

    private record Result(int exitCode, String output) {}

    private static void assertIsVersion(Result result) {
        assertEquals(0, result.exitCode, result.output);
        assertTrue(result.output.matches("miniRedis \\S+ \\(Java \\S+\\)\n"), result.output);
    }

    /** Runs a program to its end; what it writes to either stream is its output. */
    private Result run(Map<String, String> environment, Path program, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(args));
        Path output = Files.createTempFile(temp, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MINIREDIS_") || name.startsWith("JAVA_TOOL_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Result(process.waitFor(), Files.readString(output, UTF_8));
    }
}

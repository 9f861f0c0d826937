package io.miniredis.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs other programs to their end, within a time. */
final class Tools {
    private static final int USUAL_SECONDS = 120;

    private Tools() {}

    /** What a program prints on standard output and standard error. */
    static String output(List<String> command) {
        return output(command, USUAL_SECONDS);
    }

    /** The same, with a time of its own. */
    static String output(List<String> command, long seconds) {
        Path file = null;
        try {
            file = Files.createTempFile("bench-", ".txt");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(file.toFile())
                    .start();
            process.getOutputStream().close();
            int status = waitFor(process, seconds, command);
            String text = Files.readString(file, UTF_8);
            if (status != 0) {
                throw new BenchFailure(
                        "'" + String.join(" ", command) + "' ended with " + status + ": " + text.strip());
            }
            return text;
        } catch (IOException e) {
            throw new BenchFailure("cannot run " + command.get(0), e);
        } finally {
            delete(file);
        }
    }

    private static int waitFor(Process process, long seconds, List<String> command) {
        try {
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new BenchFailure("'" + String.join(" ", command) + "' took more than " + seconds + " seconds");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        } finally {
            new ProcessTree(process).stop();
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new BenchFailure("cannot delete " + file, e);
        }
    }

    /** Deletes a folder with all that is in it; says so if it cannot. */
    static void deleteFolder(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            Setup.progress("cannot delete " + folder + ": " + e.getMessage());
        }
    }

    static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        }
    }

    /** Whether a program of this name is in the path. */
    static boolean isInstalled(String program) {
        if (program.indexOf('/') >= 0) {
            return Files.isExecutable(Path.of(program));
        }
        String path = System.getenv().getOrDefault("PATH", "");
        return List.of(path.split(":", -1)).stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}

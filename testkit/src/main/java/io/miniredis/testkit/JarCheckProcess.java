package io.miniredis.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a {@link JarCheck} in a JVM that has the server's modules and nothing else. */
final class JarCheckProcess {
    private static final long MOST_SECONDS = 120;

    private JarCheckProcess() {}

    /** Writes a check. */
    interface Check {
        void writeTo(DataOutput out) throws IOException;
    }

    /** Returns what is wrong; empty if nothing is. */
    static String run(Check check) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("miniredis-jar-check");
            Path input = folder.resolve("check");
            Path result = folder.resolve("result");
            Path log = folder.resolve("log");
            try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(input))) {
                check.writeTo(out);
            }
            await(new ProcessBuilder(command(input, result))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start());
            return Files.exists(result)
                    ? Files.readString(result, UTF_8)
                    : "the JVM that checks it has ended early:\n" + Files.readString(log, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            JarCheck.delete(folder);
        }
    }

    private static void await(Process process) {
        try {
            process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> command(Path input, Path result) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--module-path",
                serverModules(),
                "--add-modules",
                "ALL-MODULE-PATH",
                "--module",
                "io.miniredis.testkit/" + JarCheckProcess.class.getName(),
                input.toString(),
                result.toString());
    }

    private static String serverModules() {
        return Stream.of("jdk.module.path", "java.class.path")
                .map(property -> System.getProperty(property, ""))
                .flatMap(path -> Stream.of(path.split(File.pathSeparator, -1)))
                .filter(entry -> !entry.isEmpty())
                .filter(entry -> modulesIn(Path.of(entry)).stream().anyMatch(JarCheckProcess::isOfServer))
                .distinct()
                .collect(joining(File.pathSeparator));
    }

    /** None in what cannot be a module. */
    private static Collection<ModuleReference> modulesIn(Path entry) {
        try {
            return ModuleFinder.of(entry).findAll();
        } catch (FindException e) {
            return List.of();
        }
    }

    /** Not the program around the server, which needs more. */
    private static boolean isOfServer(ModuleReference module) {
        String name = module.descriptor().name();
        boolean needsMore = module.descriptor().requires().stream()
                .anyMatch(needed -> !needed.name().matches("(java|jdk|io\\.miniredis)\\..*|org\\.slf4j"));
        return name.equals("org.slf4j")
                || name.startsWith("ch.qos.logback.")
                || (name.startsWith("io.miniredis.") && !needsMore);
    }

    /**
     * Reads a check from a file and writes what is wrong into another; nothing if nothing is.
     *
     * @param files the two files
     * @throws IOException if they cannot be read or written
     */
    public static void main(String[] files) throws IOException {
        String failure = "";
        try (DataInputStream in = new DataInputStream(Files.newInputStream(Path.of(files[0])))) {
            JarCheck.readFrom(in).verifyHere();
        } catch (AssertionError | RuntimeException e) {
            failure = e instanceof AssertionError ? e.getMessage() : e.toString();
        }
        Files.writeString(Path.of(files[1]), failure, UTF_8);
    }
}

package io.miniredis.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miniredis.api.CommandHandler;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** The sources of a plugin, made into a jar as its author would make it: with {@code javac} and {@code jar}, seeing only the api. */
final class PluginSources {
    private final Map<String, String> files = new LinkedHashMap<>();
    private final List<Path> libraries = new ArrayList<>();

    /** A library that the sources are compiled against, beside the api. */
    PluginSources library(Path jar) {
        libraries.add(jar);
        return this;
    }

    /** A source file or a resource, by its path such as {@code demo/hello/Hello.java}. */
    PluginSources file(String path, String text) {
        files.put(path, text);
        return this;
    }

    /** Compiles, and writes or replaces the jar. */
    Path write(Path jar, Path work) throws Exception {
        Path folder = Files.createTempDirectory(work, "plugin");
        Path sources = folder.resolve("src");
        Path classes = folder.resolve("classes");
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = (file.getKey().endsWith(".java") ? sources : classes).resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue(), UTF_8);
        }
        Path api = Path.of(CommandHandler.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        StringBuilder jars = new StringBuilder(api.toString());
        libraries.forEach(library -> jars.append(File.pathSeparator).append(library));
        String pathOption = files.containsKey("module-info.java") ? "-p" : "-cp";
        List<String> compile =
                List.of("--release", "17", "-proc:none", pathOption, jars.toString(), "-d", classes.toString());
        try (Stream<Path> all = Files.walk(sources)) {
            Stream<String> java = all.map(Path::toString).filter(path -> path.endsWith(".java"));
            run("javac", Stream.concat(compile.stream(), java).toArray(String[]::new));
        }
        Path packed = folder.resolve("packed.jar");
        run("jar", "--create", "--file", packed.toString(), "-C", classes.toString(), ".");
        // Moved into place, so that nobody ever sees half a jar.
        return Files.move(packed, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void run(String tool, String... args) {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        int status = ToolProvider.findFirst(tool).orElseThrow().run(writer, writer, args);
        assertEquals(0, status, () -> tool + ": " + output);
    }
}

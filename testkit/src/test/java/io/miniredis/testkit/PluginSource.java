package io.miniredis.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miniredis.api.CommandHandler;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;

/** A plugin of one module, {@code demo}, whose classes a test writes. */
final class PluginSource {
    private final List<Path> sources = new ArrayList<>();
    private final Path folder;

    /** In a folder of its own. */
    PluginSource(Path folder, String... provides) throws IOException {
        this.folder = Files.createDirectories(folder);
        StringBuilder module = new StringBuilder("module demo { requires io.miniredis.api;");
        for (String service : provides) {
            module.append(" provides ").append(service).append(';');
        }
        write("module-info.java", module.append('}').toString());
    }

    /** Adds a class of the package {@code demo}, which sees the api. */
    PluginSource with(String name, String text) throws IOException {
        write(name + ".java", "package demo; import io.miniredis.api.*;\n" + text);
        return this;
    }

    private void write(String name, String text) throws IOException {
        sources.add(Files.writeString(folder.resolve(name), text, UTF_8));
    }

    /** Compiles and packs it. */
    Path jar(String name) throws IOException, URISyntaxException {
        Path classes = folder.resolve("classes");
        List<String> args = new ArrayList<>(List.of("--release", "17", "-proc:none", "-d", classes.toString()));
        args.addAll(List.of("--module-path", api().toString()));
        sources.forEach(source -> args.add(source.toString()));
        run("javac", args);
        Path jar = folder.resolve(name);
        run("jar", Arrays.asList("--create", "--file", jar.toString(), "-C", classes.toString(), "."));
        return jar;
    }

    private static Path api() throws URISyntaxException {
        URI location = CommandHandler.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        return Path.of(location);
    }

    private static void run(String tool, List<String> args) {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        int code = ToolProvider.findFirst(tool).orElseThrow().run(writer, writer, args.toArray(new String[0]));
        assertEquals(0, code, output::toString);
    }
}

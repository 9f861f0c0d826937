package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miniredis.api.CommandHandler;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** A jar that a test writes the sources of. Compiled against the api, and against other jars if it says so. */
final class PluginJar {
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> resources = new LinkedHashMap<>();
    private final List<Path> libraries = new ArrayList<>();
    private final List<String> newerClasses = new ArrayList<>();
    private String version;
    private Path api = api();

    /** A module with these directives; without one the jar becomes an automatic module. */
    PluginJar module(String name, String... directives) {
        StringBuilder text = new StringBuilder("module " + name + " {");
        for (String directive : directives) {
            text.append(' ').append(directive).append(';');
        }
        return source("module-info", text.append(" }").toString());
    }

    PluginJar version(String newVersion) {
        version = newVersion;
        return this;
    }

    /** A class by its full name. */
    PluginJar source(String name, String text) {
        sources.put(name.replace('.', '/') + ".java", text);
        return this;
    }

    /** A command whose handler is a class in package {@code pkg}; it answers with a text. */
    PluginJar command(String pkg, String type, String command, String answer) {
        return handler(
                pkg,
                type,
                "return CommandSpec.named(\"" + command + "\").summary(\"Says " + answer + "\").build();",
                "reply.bulk(\"" + answer + "\");");
    }

    /** A handler with the bodies of its methods. */
    PluginJar handler(String pkg, String type, String spec, String execute) {
        return source(pkg + "." + type, """
                package %s;
                import io.miniredis.api.*;
                public final class %s implements CommandHandler {
                    public CommandSpec spec() { %s }
                    public void execute(CommandContext context, Args args, Reply reply) { %s }
                }
                """.formatted(pkg, type, spec, execute));
    }

    /** A file in the jar. */
    PluginJar resource(String path, String text) {
        resources.put(path, text);
        return this;
    }

    /** Says in META-INF, as jars do that are no modules, what provides a service. */
    PluginJar service(Class<?> service, String provider) {
        return resource("META-INF/services/" + service.getName(), provider + "\n");
    }

    /** Compiles against another api than this server's. */
    PluginJar against(Path otherApi) {
        api = otherApi;
        return this;
    }

    PluginJar library(Path jar) {
        libraries.add(jar);
        return this;
    }

    /** Marks a class file as made by a Java of the far future. */
    PluginJar newer(String name) {
        newerClasses.add(name.replace('.', '/') + ".class");
        return this;
    }

    /** Compiles, and writes the jar. */
    Path write(Path jar) throws IOException {
        Path work = Files.createTempDirectory("miniredis-test-jar");
        Path classes = Files.createDirectories(work.resolve("classes"));
        compile(work, classes);
        for (Map.Entry<String, String> resource : resources.entrySet()) {
            write(classes.resolve(resource.getKey()), resource.getValue());
        }
        for (String name : newerClasses) {
            byte[] bytes = Files.readAllBytes(classes.resolve(name));
            bytes[6] = 0;
            bytes[7] = (byte) 200;
            Files.write(classes.resolve(name), bytes);
        }
        pack(classes, jar);
        delete(work);
        return jar;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Not by the jar tool, which would look into what it packs. */
    private static void pack(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
            }
        }
    }

    private void compile(Path work, Path classes) throws IOException {
        if (sources.isEmpty()) {
            return;
        }
        StringBuilder path = new StringBuilder(api.toString());
        libraries.forEach(library -> path.append(File.pathSeparator).append(library));
        List<String> args = new ArrayList<>(List.of("--release", "17", "-proc:none", "-d", classes.toString()));
        args.add(sources.containsKey("module-info.java") ? "--module-path" : "--class-path");
        args.add(path.toString());
        if (version != null) {
            args.addAll(List.of("--module-version", version));
        }
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = work.resolve("src").resolve(source.getKey());
            write(file, source.getValue());
            args.add(file.toString());
        }
        run(args);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, UTF_8);
    }

    /** Where the api's module lies. */
    static Path api() {
        URI location = CommandHandler.class
                .getModule()
                .getLayer()
                .configuration()
                .findModule("io.miniredis.api")
                .orElseThrow()
                .reference()
                .location()
                .orElseThrow();
        return Path.of(location);
    }

    private static void run(List<String> args) {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        ToolProvider compiler = ToolProvider.findFirst("javac").orElseThrow();
        assertEquals(0, compiler.run(writer, writer, args.toArray(String[]::new)), output::toString);
    }
}

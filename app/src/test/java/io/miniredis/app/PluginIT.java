package io.miniredis.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars in the plugins folder of the image: one that works, and some that do not. */
final class PluginIT {
    private static final Path EXAMPLE = Path.of("..", "examples", "commands-hello", "target");

    @TempDir
    Path temp;

    private Path plugins;

    @BeforeEach
    void createFolder() throws IOException {
        plugins = Files.createDirectory(temp.resolve("my plugins"));
    }

    private ServerProcess start() throws Exception {
        return ServerProcess.start("--plugins-dir", plugins.toString());
    }

    static Path exampleJar() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLE)) {
            return files.filter(file -> file.getFileName().toString().matches(".*-hello-[0-9.]+\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void theExampleAddsItsCommandWithItsDocumentation() throws Exception {
        Path jar = Files.copy(exampleJar(), plugins.resolve("hello.jar"));
        try (ServerProcess server = start();
                RawClient client = new RawClient(server.port())) {
            assertEquals(
                    "$12\r\nHello, World\r\n",
                    client.call("DEMO.HELLO", "World").raw());
            assertEquals(
                    "-ERR wrong number of arguments for 'demo.hello' command\r\n",
                    client.call("demo.hello").raw());
            String docs = client.call("COMMAND", "DOCS", "demo.hello").raw();
            assertTrue(docs.contains("\r\nGreets someone by name\r\n"), docs);
            assertTrue(client.call("COMMAND", "INFO", "demo.hello").raw().contains("\r\ndemo.hello\r\n"));
            assertTrue(
                    server.output()
                            .lines()
                            .anyMatch(line -> line.matches(".* Module demo\\.hello [0-9.]+: .*")
                                    && line.contains(jar.toString())),
                    server.output());
        }
    }

    @Test
    void aFolderWithAJarIsAPluginToo() throws Exception {
        Files.copy(exampleJar(), Files.createDirectory(plugins.resolve("hello")).resolve("hello.jar"));
        try (ServerProcess server = start();
                RawClient client = new RawClient(server.port())) {
            assertEquals("$8\r\nHello, x\r\n", client.call("DEMO.HELLO", "x").raw());
        }
    }

    @Test
    void whatTheFileSaysToNoPluginIsNamedInTheLog() throws Exception {
        Files.copy(exampleJar(), plugins.resolve("hello.jar"));
        Path file = Files.writeString(
                temp.resolve("redis.conf"),
                "plugins-dir '" + plugins + "'\nloadmodule /modules/hello.jar a b\nloadmodule none.jar\n"
                        + "demo.hello.greeting Hi\nnosuch.password secret\n");
        try (ServerProcess server =
                ServerProcess.launch(Map.of(), file.toString(), "--port", "0").awaitReady()) {
            String warnings = server.output()
                    .lines()
                    .filter(line -> line.contains(" WARN "))
                    .map(line -> line.replaceFirst(".*redis.conf", ""))
                    .collect(Collectors.joining("\n"));
            assertEquals(
                    ":3: no plugin was loaded from 'none.jar' in the plugins folder\n"
                            + ":5: the option 'nosuch.password' is for no plugin that is loaded",
                    warnings);
        }
    }

    @Test
    void theImagesOwnFolderIsTheDefault() throws Exception {
        Path copy = ImageCopy.in(temp);
        Files.copy(exampleJar(), copy.resolve("plugins").resolve("hello.jar"));
        try (ServerProcess server =
                        ServerProcess.launchFrom(copy, Map.of(), "--port", "0").awaitReady();
                RawClient client = new RawClient(server.port())) {
            assertEquals("$8\r\nHello, x\r\n", client.call("DEMO.HELLO", "x").raw());
        }
    }

    @Test
    void brokenJarsAreNamedWithTheReasonAndTheServerStarts() throws Exception {
        Files.writeString(plugins.resolve("not a jar.jar"), "not a jar");
        Files.copy(exampleJar(), plugins.resolve("good.jar"));
        Files.copy(exampleJar(), plugins.resolve("second.jar"));
        writeJar("empty.jar", Map.of());
        writeJar(
                "missing-provider.jar",
                Map.of("META-INF/services/io.miniredis.api.CommandHandler", "no.such.Handler\n"));
        try (ServerProcess server = start();
                RawClient client = new RawClient(server.port())) {
            assertEquals("$8\r\nHello, x\r\n", client.call("DEMO.HELLO", "x").raw());
            assertNamed("not a jar.jar", "zip", server);
            assertNamed("empty.jar", "provides no", server);
            assertNamed("missing-provider.jar", "no.such.Handler", server);
            assertNamed("second.jar", "demo.hello", server);
        }
    }

    private static void assertNamed(String jar, String reason, ServerProcess server) {
        assertTrue(
                server.output()
                        .lines()
                        .anyMatch(line -> line.contains(" ERROR ") && line.contains(jar) && line.contains(reason)),
                jar + " and " + reason + " are not in one line of\n" + server.output());
    }

    private void writeJar(String name, Map<String, String> entries) throws IOException {
        try (OutputStream file = Files.newOutputStream(plugins.resolve(name));
                JarOutputStream jar = new JarOutputStream(file)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue().getBytes(UTF_8));
                jar.closeEntry();
            }
            jar.putNextEntry(new JarEntry("readme.txt"));
            jar.closeEntry();
        }
    }
}

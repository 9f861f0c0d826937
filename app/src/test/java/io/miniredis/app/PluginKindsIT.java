package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kinds of jars that a plugin may be made of, each with a library that others have written. */
final class PluginKindsIT {
    private static final Path LIBRARIES = Path.of(System.getProperty("miniredis.libraries", "target/libraries"));

    @TempDir
    Path temp;

    private Path plugins;

    @BeforeEach
    void createFolder() throws Exception {
        plugins = Files.createDirectory(temp.resolve("plugins"));
    }

    /** A command that answers a text. */
    private static PluginSources command(String pkg, String imports, String body) {
        String inPackage = pkg.isEmpty() ? "" : "package " + pkg + ";\n";
        return new PluginSources()
                .file(
                        path(pkg) + "Say.java",
                        inPackage + imports + """

                import io.miniredis.api.*;
                public final class Say implements CommandHandler {
                    private static final CommandSpec SPEC = CommandSpec.named("%s").build();
                    @Override public CommandSpec spec() { return SPEC; }
                    @Override public void execute(CommandContext context, Args args, Reply reply) {
                        try {
                            reply.bulk(text());
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    }
                    private String text() throws Exception {
                        %s
                    }
                }
                """.formatted(pkg.isEmpty() ? "say" : pkg + ".say", body));
    }

    private static String path(String pkg) {
        return pkg.isEmpty() ? "" : pkg.replace('.', '/') + "/";
    }

    private static PluginSources asService(String pkg, PluginSources sources) {
        String provider = pkg.isEmpty() ? "Say" : pkg + ".Say";
        return sources.file("META-INF/services/io.miniredis.api.CommandHandler", provider + "\n");
    }

    private Path folderWith(String name, String library) throws Exception {
        Path folder = Files.createDirectory(plugins.resolve(name));
        Files.copy(LIBRARIES.resolve(library), folder.resolve(library));
        return folder;
    }

    private void assertSays(String expected, RawClient client, String command) {
        assertEquals(
                "$" + expected.length() + "\r\n" + expected + "\r\n",
                client.call(command).raw());
    }

    /** A module that requires one, and another plugin with another version of that. */
    @Test
    void modulesWithTheSameLibraryInTwoVersions() throws Exception {
        for (String version : new String[] {"2.10.1", "2.13.2"}) {
            String pkg = "demo.gson" + version.replaceAll("\\D", "");
            String library = "gson-" + version + ".jar";
            Path folder = folderWith(pkg, library);
            command(pkg, "import com.google.gson.Gson;", """
                            byte[] properties = Gson.class.getResourceAsStream(
                                            "/META-INF/maven/com.google.code.gson/gson/pom.properties").readAllBytes();
                            return new Gson().toJson(new int[] {1, 2}) + " " + Gson.class.getModule().getName() + " "
                                    + new String(properties).replaceAll("(?s).*version=([0-9.]+).*", "$1");
                            """)
                    .library(LIBRARIES.resolve(library))
                    .file("module-info.java", """
                            module %s {
                                requires io.miniredis.api;
                                requires com.google.gson;
                                provides io.miniredis.api.CommandHandler with %s.Say;
                            }
                            """.formatted(pkg, pkg))
                    .write(folder.resolve("plugin.jar"), temp);
        }
        try (ServerProcess server = ServerProcess.start("--plugins-dir", plugins.toString());
                RawClient client = new RawClient(server.port())) {
            assertSays("[1,2] com.google.gson 2.10.1", client, "demo.gson2101.say");
            assertSays("[1,2] com.google.gson 2.13.2", client, "demo.gson2132.say");
        }
    }

    /** Neither the plugin nor its library is a module. */
    @Test
    void automaticModules() throws Exception {
        Path folder = folderWith("histogram", "HdrHistogram-2.2.2.jar");
        asService("demo.histogram", command("demo.histogram", "import org.HdrHistogram.Histogram;", """
                        Histogram histogram = new Histogram(3);
                        for (int i = 1; i <= 99; i++) {
                            histogram.recordValue(i);
                        }
                        return histogram.getValueAtPercentile(50) + " " + Histogram.class.getModule();
                        """))
                .library(LIBRARIES.resolve("HdrHistogram-2.2.2.jar"))
                .write(folder.resolve("plugin.jar"), temp);
        try (ServerProcess server = ServerProcess.start("--plugins-dir", plugins.toString());
                RawClient client = new RawClient(server.port())) {
            assertSays("50 module HdrHistogram", client, "demo.histogram.say");
        }
    }

    /** Its class is in no package, so it can be no module. */
    @Test
    void aClassPath() throws Exception {
        Path folder = folderWith("class path", "HdrHistogram-2.2.2.jar");
        asService(
                        "",
                        command(
                                "",
                                "import org.HdrHistogram.Histogram;",
                                "return \"\" + Histogram.class.getModule().isNamed();"))
                .library(LIBRARIES.resolve("HdrHistogram-2.2.2.jar"))
                .write(folder.resolve("plugin.jar"), temp);
        try (ServerProcess server = ServerProcess.start("--plugins-dir", plugins.toString());
                RawClient client = new RawClient(server.port())) {
            assertFalse(server.output().contains(" ERROR "), server.output());
            assertSays("false", client, "say");
            assertEquals(
                    "+OK\r\n", client.call("MODULE", "UNLOAD", "class path").raw());
        }
    }
}

package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.CommandHandler;
import io.miniredis.api.Plugin;
import io.miniredis.api.ValueType;
import io.miniredis.api.eviction.EvictionPolicy;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars in the plugins folder: the good ones work, the others are named with the reason and do no harm. */
final class PluginLoaderTest {
    private static final String HANDLER = "provides io.miniredis.api.CommandHandler with ";

    @TempDir
    Path plugins;

    @TempDir
    Path elsewhere;

    private final LogCapture log = new LogCapture();
    private Engine engine;
    private TestClient client;

    @AfterEach
    void close() {
        if (engine != null) {
            engine.close();
        }
        log.close();
    }

    private void start() {
        start(plugins);
    }

    private void start(Path folder) {
        Settings settings = new Settings();
        settings.set("io-threads", "1");
        engine = new Engine(settings, new ManualTicker(), new FakeHost());
        engine.start(folder);
        FakeConnection connection = new FakeConnection(50_000);
        client = new TestClient((ClientSession) engine.connected(connection), connection);
    }

    private static PluginJar good(String name) {
        return new PluginJar()
                .module("demo." + name, "requires io.miniredis.api", HANDLER + "demo." + name + ".Hello")
                .command("demo." + name, "Hello", "demo." + name, "hello from " + name);
    }

    /** Starts with a broken jar between two good ones. Returns the one error that is logged, without the jar's path. */
    private String reasonFor(Path broken) throws IOException {
        good("aaa").write(plugins.resolve("aaa.jar"));
        good("zzz").write(plugins.resolve("zzz.jar"));
        start();
        assertEquals("'hello from aaa'", client.run("DEMO.AAA"));
        assertEquals("'hello from zzz'", client.run("DEMO.ZZZ"));
        assertEquals(1, log.errors().size(), log.errors()::toString);
        String beginning = "Plugin " + broken + " is not loaded: ";
        String error = log.errors().get(0);
        assertTrue(error.startsWith(beginning), error);
        assertEquals(3, engine.providers().size());
        return error.substring(beginning.length());
    }

    private static void assertMatches(String regex, String text) {
        assertTrue(Pattern.matches(regex, text), text);
    }

    // What works

    @Test
    void aModuleAddsItsCommand() throws Exception {
        Path jar = good("one").version("1.2.3").write(plugins.resolve("one.jar"));
        start();
        assertEquals(List.of(), log.errors());
        assertEquals("'hello from one'", client.run("DEMO.ONE"));
        assertEquals(
                "{'demo.one': {'summary': 'Says hello from one', 'since': '1.0.0', 'group': 'module', "
                        + "'module': 'demo.one'}}",
                client.run("COMMAND DOCS demo.one"));
        assertTrue(client.run("INFO modules").contains("module:name=demo.one,ver=1.2.3,commands=1\r\n"));
        assertEquals("['demo.one']", client.run("COMMAND LIST FILTERBY MODULE demo.one"));
        assertEquals(jar, engine.providers().get(1).source());
    }

    @Test
    void aJarWithoutADescriptorAddsItsCommand() throws Exception {
        new PluginJar()
                .command("demo.plain", "Hello", "demo.plain", "hello")
                .service(CommandHandler.class, "demo.plain.Hello")
                .write(plugins.resolve("plain-jar-2.1.jar"));
        start();
        assertEquals(List.of(), log.errors());
        assertEquals("'hello'", client.run("DEMO.PLAIN"));
        assertTrue(client.run("INFO modules").contains("module:name=plain.jar,ver=2.1,commands=1\r\n"));
    }

    @Test
    void jarsOfAFolderBelongTogether() throws Exception {
        Path folder = Files.createDirectory(plugins.resolve("with-library"));
        Path library = new PluginJar()
                .module("demo.library", "exports demo.library")
                .source(
                        "demo.library.Words",
                        "package demo.library; public class Words { public static String word() { return \"word\"; } }")
                .write(folder.resolve("library.jar"));
        new PluginJar()
                .library(library)
                .module("demo.user", "requires io.miniredis.api", "requires demo.library", HANDLER + "demo.user.Say")
                .handler(
                        "demo.user",
                        "Say",
                        "return CommandSpec.named(\"demo.say\").build();",
                        "reply.bulk(demo.library.Words.word());")
                .write(folder.resolve("user.jar"));
        Files.writeString(folder.resolve("README.txt"), "not a jar");
        start();
        assertEquals(List.of(), log.errors());
        assertEquals("'word'", client.run("DEMO.SAY"));
        assertTrue(client.run("INFO modules").contains("module:name=demo.user,"));
    }

    /** Each has its own world, so both can bring a library of the same name. */
    @Test
    void pluginsDoNotSeeEachOther() throws Exception {
        for (String name : List.of("one", "two")) {
            Path folder = Files.createDirectory(plugins.resolve(name));
            Path library = new PluginJar()
                    .module("demo.library", "exports demo.library")
                    .source(
                            "demo.library.Words",
                            "package demo.library; public class Words { public static String word() { return \"" + name
                                    + "\"; } }")
                    .write(folder.resolve("library.jar"));
            new PluginJar()
                    .library(library)
                    .module(
                            "demo." + name,
                            "requires io.miniredis.api",
                            "requires demo.library",
                            HANDLER + "demo." + name + ".Hello")
                    .handler(
                            "demo." + name,
                            "Hello",
                            "return CommandSpec.named(\"demo." + name + "\").build();",
                            "reply.bulk(demo.library.Words.word());")
                    .write(folder.resolve("plugin.jar"));
        }
        start();
        assertEquals(List.of(), log.errors());
        assertEquals(List.of("'one'", "'two'"), client.pipeline("DEMO.ONE", "DEMO.TWO"));
    }

    @Test
    void aNameThatAnotherPluginHas() throws Exception {
        good("same").write(plugins.resolve("one.jar"));
        good("same").write(plugins.resolve("two.jar"));
        start();
        assertEquals(
                List.of("Plugin " + plugins.resolve("two.jar")
                        + " is not loaded: a plugin of the name demo.same is loaded" + " already, from "
                        + plugins.resolve("one.jar")),
                log.errors());
    }

    @Test
    void typesPoliciesAndPluginsAreFoundToo() throws Exception {
        new PluginJar()
                .module(
                        "demo.rich",
                        "requires io.miniredis.api",
                        HANDLER + "demo.rich.Put",
                        "provides io.miniredis.api.ValueType with demo.rich.Text",
                        "provides io.miniredis.api.eviction.EvictionPolicy with demo.rich.Zero",
                        "provides io.miniredis.api.Plugin with demo.rich.Entry")
                .source("demo.rich.Text", """
                        package demo.rich;
                        public final class Text extends io.miniredis.api.BytesType {
                            public String name() { return "text"; }
                        }
                        """)
                .source("demo.rich.Zero", """
                        package demo.rich;
                        import io.miniredis.api.eviction.*;
                        public final class Zero implements EvictionPolicy, Evictor {
                            public String name() { return "zero"; }
                            public Evictor create(EvictionSetup setup) { return this; }
                            public int onInsert(long keyHash) { return 0; }
                            public int onAccess(long keyHash, int bits) { return 0; }
                            public long rank(long keyHash, int bits, long expiresAtMillis) { return 0; }
                        }
                        """)
                .handler(
                        "demo.rich",
                        "Put",
                        """
                        return CommandSpec.named("demo.put").arity(2).write()
                                .keys(KeySpec.at(1, KeySpec.Access.OW)).build();
                        """,
                        "context.keyspace().put(args.key(1), new Text(), args.slice(1), Keyspace.NO_EXPIRY); reply.ok();")
                .source("demo.rich.Entry", """
                        package demo.rich;
                        import io.miniredis.api.*;
                        public final class Entry implements Plugin, CommandHandler {
                            private String state = "made";
                            public void start(PluginContext context) { state = "started"; }
                            public void stop() { System.setProperty("demo.rich", "stopped"); }
                            public java.util.Collection<CommandHandler> commands() { return java.util.List.of(this); }
                            public CommandSpec spec() { return CommandSpec.named("demo.state").build(); }
                            public void execute(CommandContext context, Args args, Reply reply) { reply.bulk(state); }
                        }
                        """)
                .write(plugins.resolve("rich.jar"));
        start();
        assertEquals(List.of(), log.errors());
        assertEquals(
                List.of("+OK", "+text", "'started'", "+OK"),
                client.pipeline(
                        "DEMO.PUT k",
                        "TYPE k",
                        "DEMO.STATE",
                        "CONFIG SET maxmemory-policy allkeys-zero maxmemory 1gb"));
        assertEquals(null, System.getProperty("demo.rich"));
        engine.close();
        assertEquals("stopped", System.clearProperty("demo.rich"));
    }

    @Test
    void jarsAreLoadedFromACopyThatIsRemovedAtTheEnd() throws Exception {
        Path jar = good("one").write(plugins.resolve("one.jar"));
        start();
        Files.write(jar, new byte[100]);
        assertEquals("'hello from one'", client.run("DEMO.ONE"));
        Command command = engine.commands().commands().stream()
                .filter(each -> each.origin.isPlugin())
                .findFirst()
                .orElseThrow();
        Path copy = Path.of(command.handler
                .getClass()
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        assertTrue(Files.exists(copy));
        assertFalse(copy.startsWith(plugins));
        engine.close();
        assertFalse(Files.exists(copy));
        assertFalse(Files.exists(copy.getParent().getParent()));
    }

    @Test
    void aFolderThatIsNotThereHoldsNothing() {
        start(elsewhere.resolve("missing"));
        assertEquals(List.of(), log.errors());
        assertEquals("+PONG", client.run("PING"));
    }

    @Test
    void otherFilesAreNoPlugins() throws Exception {
        Files.writeString(plugins.resolve("README.txt"), "about plugins");
        Files.writeString(plugins.resolve("old.jar.disabled"), "");
        start();
        assertEquals(List.of(), log.errors());
        assertEquals(1, engine.providers().size());
    }

    // What does not

    @Test
    void aFileThatIsNoJar() throws Exception {
        Path broken = plugins.resolve("broken.jar");
        Files.writeString(broken, "this is not a jar");
        assertEquals(
                "Error reading broken.jar (java.util.zip.ZipException: zip END header not found)", reasonFor(broken));
    }

    @Test
    void anEmptyFile() throws Exception {
        Path broken = plugins.resolve("broken.jar");
        Files.write(broken, new byte[0]);
        assertEquals("Error reading broken.jar (java.util.zip.ZipException: zip file is empty)", reasonFor(broken));
    }

    @Test
    void anEmptyFolder() throws Exception {
        Path broken = Files.createDirectory(plugins.resolve("broken"));
        assertEquals("there is no jar in it", reasonFor(broken));
    }

    @Test
    void aModuleThatIsMissing() throws Exception {
        Path library = new PluginJar()
                .module("demo.library", "exports demo.library")
                .source("demo.library.Words", "package demo.library; public class Words {}")
                .write(elsewhere.resolve("library.jar"));
        Path broken = new PluginJar()
                .library(library)
                .module(
                        "demo.broken",
                        "requires io.miniredis.api",
                        "requires demo.library",
                        HANDLER + "demo.broken.Hello")
                .command("demo.broken", "Hello", "demo.broken", "hello")
                .write(plugins.resolve("broken.jar"));
        assertEquals("Module demo.library not found, required by demo.broken", reasonFor(broken));
    }

    @Test
    void aModuleThatTheServerHas() throws Exception {
        Path broken = Files.createDirectory(plugins.resolve("broken"));
        good("broken").write(broken.resolve("plugin.jar"));
        new PluginJar()
                .module("io.miniredis.api", "exports io.miniredis.api")
                .source("io.miniredis.api.Fake", "package io.miniredis.api; public class Fake {}")
                .write(broken.resolve("api.jar"));
        assertEquals("it contains the module io.miniredis.api, which the server has already", reasonFor(broken));
    }

    private String reasonForCompiledAgainst(String version) throws IOException {
        Path api = new PluginJar()
                .module("io.miniredis.api", "exports io.miniredis.api")
                .source("io.miniredis.api.Anything", "package io.miniredis.api; public class Anything {}")
                .version(version)
                .write(elsewhere.resolve("api.jar"));
        return reasonFor(new PluginJar()
                .against(api)
                .module("demo.broken", "requires io.miniredis.api")
                .source("demo.broken.Any", "package demo.broken; class Any {}")
                .write(plugins.resolve("broken.jar")));
    }

    @Test
    void compiledAgainstANewerApi() throws Exception {
        assertMatches(
                "module demo\\.broken was compiled against version 0\\.99\\.0 of io\\.miniredis\\.api, and this server has 0\\..*",
                reasonForCompiledAgainst("0.99.0"));
    }

    @Test
    void compiledAgainstAnIncompatibleApi() throws Exception {
        assertMatches(
                "module demo\\.broken was compiled against version 7\\.0 of io\\.miniredis\\.api, and this server has 0\\..*",
                reasonForCompiledAgainst("7.0"));
    }

    @Test
    void versionsOfTheApiThatServeOthers() {
        assertTrue(apiServes("1.4.0", "1.4.0"));
        assertTrue(apiServes("1.4.0", "1.3.9"));
        assertTrue(apiServes("1.4.0", "1.4.9"));
        assertTrue(apiServes("0.3.1", "0.3"));
        assertFalse(apiServes("1.4.0", "1.5.0"));
        assertFalse(apiServes("2.0.0", "1.0.0"));
        assertFalse(apiServes("0.3.0", "0.2.0"));
        assertFalse(apiServes("1.4", "2"));
    }

    private static boolean apiServes(String has, String wants) {
        return ApiVersion.of(Version.parse(has)).serves(ApiVersion.of(Version.parse(wants)));
    }

    @Test
    void aPackageThatTheServerHas() throws Exception {
        Path broken = new PluginJar()
                .module("demo.broken", "requires io.miniredis.api", HANDLER + "demo.broken.Hello")
                .command("demo.broken", "Hello", "demo.broken", "hello")
                .resource("io/miniredis/api/Other.class", "")
                .write(plugins.resolve("broken.jar"));
        assertEquals(
                "Module demo.broken contains package io.miniredis.api,"
                        + " module io.miniredis.api exports package io.miniredis.api to demo.broken",
                reasonFor(broken));
    }

    @Test
    void aPackageInTwoJarsOfAFolder() throws Exception {
        Path broken = Files.createDirectory(plugins.resolve("broken"));
        good("broken").write(broken.resolve("plugin.jar"));
        new PluginJar()
                .module("demo.other")
                .source("demo.broken.Other", "package demo.broken; public class Other {}")
                .write(broken.resolve("other.jar"));
        assertEquals("Package demo.broken in more than one module", reasonFor(broken));
    }

    @Test
    void oneModuleInTwoJarsOfAFolder() throws Exception {
        Path broken = Files.createDirectory(plugins.resolve("broken"));
        good("broken").write(broken.resolve("plugin-1.jar"));
        good("broken").write(broken.resolve("plugin-2.jar"));
        assertMatches(
                "Two versions of module demo\\.broken found in it \\(plugin-\\d\\.jar and plugin-\\d\\.jar\\)",
                reasonFor(broken));
    }

    @Test
    void aProviderThatCannotBeMade() throws Exception {
        Path broken = good("broken").source("demo.broken.Hello", """
                        package demo.broken;
                        import io.miniredis.api.*;
                        public final class Hello implements CommandHandler {
                            public Hello() { throw new IllegalStateException("no licence"); }
                            public CommandSpec spec() { return null; }
                            public void execute(CommandContext context, Args args, Reply reply) {}
                        }
                        """).write(plugins.resolve("broken.jar"));
        assertEquals(
                "io.miniredis.api.CommandHandler: Provider demo.broken.Hello could not be instantiated"
                        + " (java.lang.IllegalStateException: no licence)",
                reasonFor(broken));
    }

    @Test
    void aProviderThatIsMissing() throws Exception {
        Path broken = new PluginJar()
                .command("demo.broken", "Hello", "demo.broken", "hello")
                .service(CommandHandler.class, "demo.broken.Helo")
                .write(plugins.resolve("broken.jar"));
        assertEquals("io.miniredis.api.CommandHandler: Provider demo.broken.Helo not found", reasonFor(broken));
    }

    @Test
    void aProviderOfAnotherKind() throws Exception {
        Path broken = new PluginJar()
                .source("demo.broken.Hello", "package demo.broken; public class Hello {}")
                .service(CommandHandler.class, "demo.broken.Hello")
                .write(plugins.resolve("broken.jar"));
        assertMatches(
                "io\\.miniredis\\.api\\.CommandHandler: .*demo\\.broken\\.Hello.*not a subtype.*", reasonFor(broken));
    }

    @Test
    void nothingProvided() throws Exception {
        Path broken = new PluginJar()
                .module("demo.broken")
                .source("demo.broken.Hello", "package demo.broken; public class Hello {}")
                .write(plugins.resolve("broken.jar"));
        assertEquals("it provides no command, value type, eviction policy or plugin", reasonFor(broken));
    }

    @Test
    void aCommandThatTheServerHas() throws Exception {
        Path broken = new PluginJar()
                .module("demo.broken", "requires io.miniredis.api", HANDLER + "demo.broken.Hello, demo.broken.Ping")
                .command("demo.broken", "Hello", "demo.broken", "hello")
                .command("demo.broken", "Ping", "ping", "pong")
                .write(plugins.resolve("broken.jar"));
        assertEquals(
                "the command 'ping' is provided twice, by io.miniredis.engine and by demo.broken", reasonFor(broken));
        assertEquals("+PONG", client.run("PING"));
        assertTrue(client.run("DEMO.BROKEN").startsWith("-ERR unknown command"));
    }

    @Test
    void aCommandThatAnotherPluginHas() throws Exception {
        Path broken = new PluginJar()
                .module("demo.broken", "requires io.miniredis.api", HANDLER + "demo.broken.Hello")
                .command("demo.broken", "Hello", "demo.aaa", "not this one")
                .write(plugins.resolve("broken.jar"));
        assertEquals("the command 'demo.aaa' is provided twice, by demo.aaa and by demo.broken", reasonFor(broken));
    }

    @Test
    void aSpecThatThrows() throws Exception {
        Path broken = good("broken")
                .handler("demo.broken", "Hello", "throw new IllegalStateException(\"no spec\");", "")
                .write(plugins.resolve("broken.jar"));
        assertEquals("java.lang.IllegalStateException: no spec", reasonFor(broken));
    }

    @Test
    void aSpecThatIsNull() throws Exception {
        Path broken = good("broken")
                .handler("demo.broken", "Hello", "return null;", "")
                .write(plugins.resolve("broken.jar"));
        assertEquals("the spec of demo.broken.Hello is null", reasonFor(broken));
    }

    @Test
    void aNameInUpperCase() throws Exception {
        Path broken = good("broken")
                .handler("demo.broken", "Hello", "return CommandSpec.named(\"DEMO\").build();", "")
                .write(plugins.resolve("broken.jar"));
        assertEquals("a command's name is in lower case: 'DEMO'", reasonFor(broken));
    }

    @Test
    void aClassThatIsMissing() throws Exception {
        Path library = new PluginJar()
                .source("demo.library.Words", "package demo.library; public class Words {}")
                .write(elsewhere.resolve("library.jar"));
        Path broken = new PluginJar()
                .library(library)
                .handler(
                        "demo.broken",
                        "Hello",
                        "return CommandSpec.named(\"demo.broken\").summary(new demo.library.Words().toString()).build();",
                        "")
                .service(CommandHandler.class, "demo.broken.Hello")
                .write(plugins.resolve("broken.jar"));
        assertEquals("java.lang.NoClassDefFoundError: demo/library/Words", reasonFor(broken));
    }

    @Test
    void aClassMadeByANewerJava() throws Exception {
        Path broken = good("broken").newer("demo.broken.Hello").write(plugins.resolve("broken.jar"));
        assertMatches(
                ".*UnsupportedClassVersionError: demo/broken/Hello has been compiled by a more recent version"
                        + " of the Java Runtime .*",
                reasonFor(broken));
    }

    @Test
    void aDescriptorMadeByANewerJava() throws Exception {
        Path broken = good("broken").newer("module-info").write(plugins.resolve("broken.jar"));
        assertEquals(
                "Error reading module: broken.jar (java.lang.module.InvalidModuleDescriptorException:"
                        + " Unsupported major.minor version 200.0)",
                reasonFor(broken));
    }

    @Test
    void aPluginThatRefusesToStart() throws Exception {
        Path broken = new PluginJar()
                .module(
                        "demo.broken",
                        "requires io.miniredis.api",
                        HANDLER + "demo.broken.Hello",
                        "provides io.miniredis.api.Plugin with demo.broken.Entry")
                .command("demo.broken", "Hello", "demo.broken", "hello")
                .source("demo.broken.Entry", """
                        package demo.broken;
                        public final class Entry implements io.miniredis.api.Plugin {
                            public void start(io.miniredis.api.PluginContext context) throws Exception { throw new java.io.IOException("no such table"); }
                        }
                        """)
                .write(plugins.resolve("broken.jar"));
        assertEquals("java.io.IOException: no such table", reasonFor(broken));
        assertTrue(client.run("DEMO.BROKEN").startsWith("-ERR unknown command"));
    }

    @Test
    void oneBadServiceAmongGoodOnes() throws Exception {
        Path broken = new PluginJar()
                .command("demo.broken", "Hello", "demo.broken", "hello")
                .service(CommandHandler.class, "demo.broken.Hello")
                .service(EvictionPolicy.class, "not a name!")
                .write(plugins.resolve("broken.jar"));
        assertMatches(".*not a name!.*", reasonFor(broken));
        assertTrue(client.run("DEMO.BROKEN").startsWith("-ERR unknown command"));
    }

    @Test
    void servicesAreThoseThatTheLoaderLooksFor() {
        assertEquals(
                List.of(
                        CommandHandler.class.getName(),
                        Plugin.class.getName(),
                        ValueType.class.getName(),
                        EvictionPolicy.class.getName()),
                PluginLoader.class.getModule().getDescriptor().uses().stream()
                        .sorted()
                        .toList());
    }
}

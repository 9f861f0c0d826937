package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.CommandHandler;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that come and go while the server works: what clients see, and what becomes of values. */
final class PluginsTest {
    private static final String HANDLER = "provides io.miniredis.api.CommandHandler with ";

    /** What the plugins of a test may wait for or report to, reached through a system property's object. */
    private static final String SIGNALS = "io.miniredis.engine.PluginsTest";

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    private final LogCapture log = new LogCapture();
    private final TestEngine test = TestEngine.create().set("io-threads", "2");
    private Engine engine;
    private TestClient client;

    @AfterEach
    void close() {
        if (engine != null) {
            engine.close();
        }
        System.getProperties().remove(SIGNALS);
        log.close();
    }

    /** The lines of the counter type that differ from version to version. */
    private record Version(int number, String write, String read) {
        static final Version ONE = new Version(1, "out.writeLong(value.count);", "value.count = in.readLong();");
    }

    /** A plugin with a type that counts, and commands that count up and show the count. */
    private PluginJar counter(Version version) {
        return new PluginJar()
                .module(
                        "demo.counter",
                        "requires io.miniredis.api",
                        HANDLER + "demo.counter.Up, demo.counter.Show",
                        "provides io.miniredis.api.ValueType with demo.counter.CounterType")
                .version("1.2." + version.number)
                .source("demo.counter.Counter", "package demo.counter; final class Counter { long count; }")
                .source("demo.counter.CounterType", """
                        package demo.counter;
                        import java.io.*;
                        public final class CounterType implements io.miniredis.api.ValueType<Counter> {
                            static final CounterType TYPE = new CounterType();
                            public String name() { return "counter"; }
                            public int encodingVersion() { return %d; }
                            public Counter create() { return new Counter(); }
                            public Counter copy(Counter value) { Counter c = new Counter(); c.count = value.count; return c; }
                            public long memoryBytes(Counter value) { return 24; }
                            public void write(Counter value, DataOutput out) throws IOException { %s }
                            public Counter read(int version, DataInput in) throws IOException {
                                Counter value = new Counter();
                                %s
                                return value;
                            }
                        }
                        """.formatted(version.number, version.write, version.read))
                .handler("demo.counter", "Up", """
                        return CommandSpec.named("demo.up").arity(2).write()
                                .keys(KeySpec.at(1, KeySpec.Access.RW)).build();
                        """, """
                        Counter counter;
                        try {
                            counter = context.keyspace().writeOrCreate(args.key(1), CounterType.TYPE);
                        } catch (CommandException e) {
                            reply.error(e.getMessage());
                            return;
                        }
                        reply.integer(++counter.count);
                        """)
                .handler("demo.counter", "Show", """
                        return CommandSpec.named("demo.show").arity(2).readOnly()
                                .keys(KeySpec.at(1, KeySpec.Access.RO)).build();
                        """, """
                        try {
                            Counter counter = context.keyspace().read(args.key(1), CounterType.TYPE);
                            reply.integer(counter == null ? 0 : counter.count);
                        } catch (CommandException e) {
                            reply.error(e.getMessage());
                        }
                        """);
    }

    private void start() {
        engine = new Engine(test.settings, test.ticker, test.host);
        engine.start(folder);
        client = connect();
    }

    private TestClient connect() {
        FakeConnection connection = new FakeConnection(50_000);
        return new TestClient((ClientSession) engine.connected(connection), connection);
    }

    private void startWithCounter() throws IOException {
        counter(Version.ONE).write(folder.resolve("counter.jar"));
        start();
        assertEquals(List.of(), log.errors());
    }

    private PluginJar hello(String answer) {
        return new PluginJar()
                .module("demo.hello", "requires io.miniredis.api", HANDLER + "demo.hello.Hello")
                .command("demo.hello", "Hello", "demo.hello", answer);
    }

    private static final String UNKNOWN = "-ERR unknown command 'DEMO.HELLO', with args beginning with: ";

    private void assertAccountedFor() {
        assertEquals(Weighing.measure(engine.databases()), engine.databases().memoryBytes());
    }

    // Coming

    @Test
    void comesWhileTheServerWorks() throws Exception {
        start();
        assertEquals(UNKNOWN, client.run("DEMO.HELLO"));
        Path jar = hello("hi").version("1.2.3").write(folder.resolve("hello.jar"));
        assertEquals("+OK", client.runAndWait("MODULE LOAD hello.jar one two"));
        assertEquals("'hi'", client.run("DEMO.HELLO"));
        assertEquals(
                "[{'name': 'demo.hello', 'ver': 10203, 'path': '" + jar + "', 'args': ['one', 'two']}]",
                client.run("MODULE LIST"));
        assertEquals("['demo.hello']", client.run("COMMAND LIST FILTERBY MODULE demo.hello"));
        assertTrue(client.run("INFO modules").contains("module:name=demo.hello,ver=1.2.3,commands=1\r\n"));
    }

    @Test
    void isGivenItsArgumentsAndItsConfiguration() throws Exception {
        start();
        new PluginJar()
                .module(
                        "demo.given",
                        "requires io.miniredis.api",
                        "provides io.miniredis.api.Plugin with demo.given.Entry")
                .source("demo.given.Entry", """
                        package demo.given;
                        import io.miniredis.api.*;
                        public final class Entry implements Plugin, CommandHandler {
                            private PluginContext given;
                            public void start(PluginContext context) { given = context; }
                            public java.util.Collection<CommandHandler> commands() { return java.util.List.of(this); }
                            public CommandSpec spec() { return CommandSpec.named("demo.given").build(); }
                            public void execute(CommandContext context, Args args, Reply reply) {
                                reply.bulk(given.name() + given.version() + given.arguments()
                                        + new java.util.TreeMap<>(given.configuration()));
                            }
                        }
                        """)
                .version("7")
                .write(folder.resolve("given.jar"));
        assertEquals("+OK", client.runAndWait("MODULE LOADEX given.jar CONFIG a 1 CONFIG b 2 ARGS x y"));
        assertEquals("'demo.given7[x, y]{a=1, b=2}'", client.run("DEMO.GIVEN"));
        assertEquals("+OK", client.runAndWait("MODULE RELOAD demo.given"));
        assertEquals("'demo.given7[x, y]{a=1, b=2}'", client.run("DEMO.GIVEN"));
    }

    @Test
    void loadexRefusesWhatItDoesNotUnderstand() throws Exception {
        start();
        hello("hi").write(folder.resolve("hello.jar"));
        assertEquals("-ERR syntax error", client.run("MODULE LOADEX hello.jar CONFIG a"));
        assertEquals("-ERR syntax error", client.run("MODULE LOADEX hello.jar what"));
        assertEquals(UNKNOWN, client.run("DEMO.HELLO"));
    }

    private void assertNotLoaded(String path, String reason) throws InterruptedException {
        assertEquals("-ERR Error loading the extension: " + reason, client.runAndWait("MODULE LOAD " + path));
        assertEquals("[]", client.run("MODULE LIST"));
        assertEquals(UNKNOWN, client.run("DEMO.HELLO"));
    }

    @Test
    void onlyFromThePluginsFolder() throws Exception {
        start();
        Path outside = hello("hi").write(elsewhere.resolve("hello.jar"));
        Files.createSymbolicLink(folder.resolve("link.jar"), outside);
        Files.createDirectories(folder.resolve("deep/deeper"));
        hello("hi").write(folder.resolve("deep/deeper/hello.jar"));
        Files.writeString(folder.resolve("notes.txt"), "no jar");
        String notIn = "it is not in the plugins folder " + folder;
        assertNotLoaded(outside.toString(), notIn);
        assertNotLoaded("../" + elsewhere.getFileName() + "/hello.jar", notIn);
        assertNotLoaded("link.jar", notIn);
        assertNotLoaded("deep/deeper", notIn);
        assertNotLoaded(".", notIn);
        assertNotLoaded("notes.txt", "it is neither a jar nor a folder");
        assertNotLoaded("missing.jar", "there is no such file in the plugins folder " + folder);
        assertNotLoaded("\0", "there is no such file in the plugins folder " + folder);
    }

    @Test
    void theReasonIsTheRealOne() throws Exception {
        start();
        Files.writeString(folder.resolve("text.jar"), "not a jar");
        assertNotLoaded("text.jar", "Error reading text.jar (java.util.zip.ZipException: zip END header not found)");
        new PluginJar()
                .module(
                        "demo.hello",
                        "requires io.miniredis.api",
                        "requires java.desktop",
                        HANDLER + "demo.hello.Hello")
                .command("demo.hello", "Hello", "ping", "pong")
                .write(folder.resolve("ping.jar"));
        assertNotLoaded("ping.jar", "the command 'ping' is provided twice, by io.miniredis.engine and by demo.hello");
    }

    @Test
    void nobodyElsesName() throws Exception {
        Path jar = hello("one").write(folder.resolve("one.jar"));
        start();
        hello("two").write(folder.resolve("two.jar"));
        assertEquals(
                "-ERR Error loading the extension: a plugin of the name demo.hello is loaded already, from " + jar,
                client.runAndWait("MODULE LOAD two.jar"));
        assertEquals("'one'", client.run("DEMO.HELLO"));
    }

    @Test
    void onlyWhoIsAllowed() {
        test.set("enable-module-command", "no");
        start();
        String refusal =
                "-ERR MODULE command not allowed. If the enable-module-command option is set to \"local\", you can"
                        + " run it from a local connection, otherwise you need to set this option in the configuration file, and"
                        + " then restart the server.";
        assertEquals(refusal, client.run("MODULE LOAD x.jar"));
        assertEquals(refusal, client.run("MODULE LOADEX x.jar"));
        assertEquals(refusal, client.run("MODULE UNLOAD x"));
        assertEquals(refusal, client.run("MODULE RELOAD x"));
        assertEquals("[]", client.run("MODULE LIST"));
    }

    @Test
    void notWithinATransaction() throws Exception {
        hello("hi").write(folder.resolve("hello.jar"));
        start();
        client.pipeline("MULTI", "MODULE UNLOAD demo.hello");
        assertEquals(List.of("*1", "-ERR Blocking module command called from transaction"), client.pipeline("EXEC"));
        assertEquals("'hi'", client.run("DEMO.HELLO"));
    }

    @Test
    void aJarThatCannotBeAModule() throws Exception {
        new PluginJar()
                .source("Hello", """
                        import io.miniredis.api.*;
                        public final class Hello implements CommandHandler {
                            public CommandSpec spec() { return CommandSpec.named("demo.hello").build(); }
                            public void execute(CommandContext context, Args args, Reply reply) {
                                try {
                                    Class.forName("io.miniredis.engine.Engine");
                                    reply.bulk("sees the engine");
                                } catch (ClassNotFoundException e) {
                                    reply.bulk("sees the api only");
                                }
                            }
                        }
                        """)
                .service(CommandHandler.class, "Hello")
                .write(folder.resolve("1 class path!.jar"));
        start();
        assertEquals(List.of(), log.errors());
        assertEquals("'sees the api only'", client.run("DEMO.HELLO"));
        assertTrue(client.run("MODULE LIST").contains("'name': '1 class path!'"));
    }

    @Test
    void packagesInTwoJarsThatAreNoModules() throws Exception {
        Path plugin = Files.createDirectory(folder.resolve("split"));
        Path library = new PluginJar()
                .source(
                        "demo.split.Words",
                        "package demo.split; public class Words { public static String word() { return \"word\"; } }")
                .write(plugin.resolve("library.jar"));
        new PluginJar()
                .library(library)
                .handler(
                        "demo.split",
                        "Say",
                        "return CommandSpec.named(\"demo.say\").build();",
                        "reply.bulk(Words.word());")
                .service(CommandHandler.class, "demo.split.Say")
                .write(plugin.resolve("plugin.jar"));
        start();
        assertEquals(List.of(), log.errors());
        assertEquals("'word'", client.run("DEMO.SAY"));
    }

    @Test
    void aBundledApi() throws Exception {
        Path jar = new PluginJar()
                .command("demo.hello", "Hello", "demo.hello", "hi")
                .resource("io/miniredis/api/Other.class", "")
                .service(CommandHandler.class, "demo.hello.Hello")
                .write(folder.resolve("bundled.jar"));
        start();
        assertEquals(1, log.errors().size());
        assertTrue(log.errors().get(0).startsWith("Plugin " + jar + " is not loaded: "), log.errors()::toString);
        assertTrue(log.errors().get(0).contains("contains package io.miniredis.api"), log.errors()::toString);
    }

    // Going

    @Test
    void goesWithItsCommands() throws Exception {
        hello("hi").write(folder.resolve("hello.jar"));
        start();
        assertEquals("+OK", client.runAndWait("MODULE UNLOAD demo.hello"));
        assertEquals(UNKNOWN, client.run("DEMO.HELLO"));
        assertEquals("[]", client.run("MODULE LIST"));
        assertEquals("[nil]", client.run("COMMAND INFO demo.hello"));
        assertEquals(
                "-ERR Error unloading module: no such module with that name",
                client.runAndWait("MODULE UNLOAD demo.hello"));
        assertEquals(
                "-ERR Error reloading module: no such module with that name",
                client.runAndWait("MODULE RELOAD demo.hello"));
    }

    @Test
    void itsClassLoaderIsCollected() throws Exception {
        startWithCounter();
        client.pipeline("DEMO.UP k", "SELECT 1", "DEMO.UP k", "MULTI", "DEMO.UP k", "WATCH k");
        TestClient other = connect();
        other.pipeline("DEMO.SHOW k", "CLIENT LIST", "INFO commandstats");
        ReferenceQueue<ClassLoader> queue = new ReferenceQueue<>();
        WeakReference<ClassLoader> loader =
                new WeakReference<>(engine.plugins().installed().get(0).found().loader(), queue);
        assertTrue(loader.get() != null);
        engine.plugins().unload("demo.counter");
        assertEquals(1, engine.plugins().unloaded().size());
        for (int i = 0; i < 20 && loader.get() != null; i++) {
            System.gc();
            queue.remove(100);
        }
        assertEquals(null, loader.get());
        engine.plugins().reportCollected();
        assertEquals(List.of(), engine.plugins().unloaded());
    }

    @Test
    void whatHoldsItsClassesIsNamed() throws Exception {
        new PluginJar()
                .module(
                        "demo.leak",
                        "requires io.miniredis.api",
                        "provides io.miniredis.api.Plugin with demo.leak.Entry")
                .source("demo.leak.Entry", """
                        package demo.leak;
                        public final class Entry implements io.miniredis.api.Plugin {
                            public void start(io.miniredis.api.PluginContext context) throws Exception {
                                Thread thread = new Thread(() -> {
                                    synchronized (System.class) { }
                                    java.util.concurrent.locks.LockSupport.park();
                                }, "forgotten");
                                thread.setContextClassLoader(Entry.class.getClassLoader());
                                thread.setDaemon(true);
                                thread.start();
                            }
                        }
                        """)
                .write(folder.resolve("leak.jar"));
        start();
        engine.plugins().unload("demo.leak");
        assertEquals(
                List.of("forgotten"),
                Plugins.holders(engine.plugins().unloaded().get(0)));
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("forgotten"))
                .forEach(java.util.concurrent.locks.LockSupport::unpark);
    }

    @Test
    void valuesStayParked() throws Exception {
        startWithCounter();
        client.pipeline("DEMO.UP a", "DEMO.UP a", "DEMO.UP b", "EXPIRE b 100", "SELECT 3", "DEMO.UP c");
        assertEquals("+OK", client.runAndWait("MODULE UNLOAD demo.counter"));
        assertAccountedFor();
        assertEquals(
                List.of("+counter", "'parked'", "+OK", "+counter", "100", "1", "1", "-" + wrongType(), "[b, copy, d]"),
                client
                        .pipeline(
                                "TYPE c",
                                "OBJECT ENCODING c",
                                "SELECT 0",
                                "TYPE b",
                                "TTL b",
                                "COPY a copy",
                                "RENAMENX a d",
                                "SORT d",
                                "SCAN 0 TYPE counter")
                        .stream()
                        .map(reply -> reply.startsWith("['0'") ? "[b, copy, d]" : reply)
                        .toList());
        assertEquals("+OK", client.runAndWait("MODULE LOAD counter.jar"));
        assertEquals(
                List.of("2", "2", "1", "100", "+OK", "2"),
                client.pipeline("DEMO.SHOW d", "DEMO.SHOW copy", "DEMO.SHOW b", "TTL b", "SELECT 3", "DEMO.UP c"));
        assertEquals(List.of(), log.errors());
        assertAccountedFor();
    }

    private static String wrongType() {
        return "WRONGTYPE Operation against a key holding the wrong kind of value";
    }

    @Test
    void parkedValuesExpireAndAreRemovedAndCounted() throws Exception {
        startWithCounter();
        long before = engine.databases().memoryBytes();
        client.pipeline("DEMO.UP a", "DEMO.UP b", "PEXPIRE b 100", "DEMO.UP c");
        engine.plugins().unload("demo.counter");
        test.ticker.advanceMillis(101);
        assertEquals(List.of("1", "0", "1"), client.pipeline("DEL a", "EXISTS b", "DEL c"));
        client.run("FLUSHALL");
        assertEquals(before, engine.databases().memoryBytes());
    }

    @Test
    void aDumpIsParkedWhereThePluginIsMissing() throws Exception {
        startWithCounter();
        client.pipeline("DEMO.UP k", "DEMO.UP k");
        String dump = client.run("DUMP k");
        String payload = payload("counter", "\0\0\0\0\0\0\0\2");
        assertEquals("+OK", client.send("RESTORE", "same", "0", payload));
        assertEquals("2", client.run("DEMO.SHOW same"));
        engine.plugins().unload("demo.counter");
        assertEquals(dump, client.run("DUMP same"));
        engine.close();
        Files.delete(folder.resolve("counter.jar"));
        start();
        assertEquals("+OK", client.send("RESTORE", "k", "100000", payload));
        assertEquals(
                List.of("+counter", "'parked'", "100000", dump),
                client.pipeline("TYPE k", "OBJECT ENCODING k", "PTTL k", "DUMP k"));
        assertAccountedFor();
        counter(Version.ONE).write(folder.resolve("counter.jar"));
        assertEquals("+OK", client.runAndWait("MODULE LOAD counter.jar"));
        assertEquals(List.of("2", "100000"), client.pipeline("DEMO.SHOW k", "PTTL k"));
        assertEquals("-ERR Bad data format", client.send("RESTORE", "bad", "0", payload("counter", "short")));
        assertEquals("-ERR Bad data format", client.send("RESTORE", "bad", "0", payload("", "12345678")));
        assertEquals("+OK", client.send("RESTORE", "good", "0", payload("counter", "\0\0\0\0\0\0\0\7")));
        assertEquals(List.of("7", "0"), client.pipeline("DEMO.SHOW good", "EXISTS bad"));
        assertAccountedFor();
    }

    /** A payload of a type's own form, in version 1. */
    private static String payload(String type, String written) {
        String value =
                (char) 200 + "" + (char) type.length() + type + "\1" + (char) written.length() + written + "\12\0";
        byte[] bytes = value.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        long checksum = Crc64.of(bytes, 0, bytes.length);
        StringBuilder whole = new StringBuilder(value);
        for (int i = 0; i < 8; i++) {
            whole.append((char) (checksum >>> (8 * i) & 0xff));
        }
        return whole.toString();
    }

    @Test
    void bytesStayAsTheyAre() throws Exception {
        new PluginJar()
                .module(
                        "demo.text",
                        "requires io.miniredis.api",
                        HANDLER + "demo.text.Put, demo.text.Fetch",
                        "provides io.miniredis.api.ValueType with demo.text.Text")
                .source("demo.text.Text", """
                        package demo.text;
                        public final class Text extends io.miniredis.api.BytesType {
                            public String name() { return "text"; }
                        }
                        """)
                .handler(
                        "demo.text",
                        "Put",
                        "return CommandSpec.named(\"demo.put\").arity(3).write().keys(KeySpec.at(1, KeySpec.Access.OW)).build();",
                        "context.keyspace().put(args.key(1), new Text(), args.slice(2), Keyspace.NO_EXPIRY); reply.ok();")
                .handler(
                        "demo.text",
                        "Fetch",
                        "return CommandSpec.named(\"demo.fetch\").arity(2).readOnly().keys(KeySpec.at(1, KeySpec.Access.RO)).build();",
                        "try { reply.bulk(context.keyspace().read(args.key(1), new Text())); }"
                                + " catch (CommandException e) { reply.error(e.getMessage()); }")
                .write(folder.resolve("text.jar"));
        start();
        String large = "x".repeat(5000);
        client.pipeline("DEMO.PUT small s", "DEMO.PUT large " + large);
        WeakReference<ClassLoader> loader =
                new WeakReference<>(engine.plugins().installed().get(0).found().loader());
        engine.plugins().unload("demo.text");
        assertEquals(
                List.of("'parked'", "'parked'"), client.pipeline("OBJECT ENCODING small", "OBJECT ENCODING large"));
        for (int i = 0; i < 20 && loader.get() != null; i++) {
            System.gc();
        }
        assertEquals(null, loader.get());
        engine.plugins().load("text.jar", Plugins.Given.NOTHING);
        assertEquals(List.of("'s'", "'" + large + "'"), client.pipeline("DEMO.FETCH small", "DEMO.FETCH large"));
        assertAccountedFor();
    }

    @Test
    void whoWaitsForItsCommandIsToldSo() throws Exception {
        new PluginJar()
                .module("demo.wait", "requires io.miniredis.api", HANDLER + "demo.wait.Await")
                .handler(
                        "demo.wait",
                        "Await",
                        "return CommandSpec.named(\"demo.wait\").arity(1).build();",
                        "context.block(0, null);")
                .write(folder.resolve("wait.jar"));
        start();
        assertEquals(List.of(), client.pipeline("DEMO.WAIT"));
        engine.plugins().unload("demo.wait");
        client.session.resume(client.replies);
        assertEquals(List.of("-UNBLOCKED the plugin of the command was unloaded"), client.replies.take());
        assertFalse(client.session.isWaiting());
    }

    @Test
    void queuedCommandsAreUnknownThen() throws Exception {
        startWithCounter();
        client.pipeline("MULTI", "DEMO.UP k", "ECHO x");
        engine.plugins().unload("demo.counter");
        assertEquals(
                List.of("*2", "-ERR unknown command 'DEMO.UP', with args beginning with: 'k' ", "'x'"),
                client.pipeline("EXEC"));
    }

    @Test
    void notWhileItsPolicyIsInUse() throws Exception {
        new PluginJar()
                .module(
                        "demo.zero",
                        "requires io.miniredis.api",
                        "provides io.miniredis.api.eviction.EvictionPolicy with demo.zero.Zero")
                .source("demo.zero.Zero", """
                        package demo.zero;
                        import io.miniredis.api.eviction.*;
                        public final class Zero implements EvictionPolicy, Evictor {
                            public String name() { return "zero"; }
                            public Evictor create(EvictionSetup setup) { return this; }
                            public int onInsert(long keyHash) { return 7; }
                            public int onAccess(long keyHash, int bits) { return bits; }
                            public long rank(long keyHash, int bits, long expiresAtMillis) { return 0; }
                        }
                        """)
                .write(folder.resolve("zero.jar"));
        start();
        client.pipeline("SET k v", "CONFIG SET maxmemory 1gb maxmemory-policy allkeys-zero");
        assertEquals(
                "-ERR Error unloading module: its eviction policy allkeys-zero is in use",
                client.runAndWait("MODULE UNLOAD demo.zero"));
        assertEquals("+OK", client.runAndWait("MODULE RELOAD demo.zero"));
        assertTrue(engine.evictions().isActive());
        new PluginJar()
                .module("demo.zero", "requires io.miniredis.api", HANDLER + "demo.zero.Hello")
                .command("demo.zero", "Hello", "demo.hello", "hi")
                .write(folder.resolve("zero.jar"));
        assertEquals(
                "-ERR Error reloading module: its eviction policy allkeys-zero is in use",
                client.runAndWait("MODULE RELOAD demo.zero"));
        assertEquals(UNKNOWN, client.run("DEMO.HELLO"));
        assertTrue(engine.evictions().isActive());
        assertEquals("+OK", client.run("CONFIG SET maxmemory-policy noeviction"));
        assertEquals("+OK", client.runAndWait("MODULE UNLOAD demo.zero"));
        assertTrue(client.run("CONFIG SET maxmemory-policy allkeys-zero").startsWith("-ERR CONFIG SET failed"));
    }

    /** What runs is not disturbed: the plugin stops when it has ended. */
    @Test
    void waitsForWhatRuns() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        System.getProperties().put(SIGNALS, List.of(running, mayEnd, stopped));
        new PluginJar()
                .module(
                        "demo.slow",
                        "requires io.miniredis.api",
                        "provides io.miniredis.api.Plugin with demo.slow.Entry")
                .source("demo.slow.Entry", """
                        package demo.slow;
                        import io.miniredis.api.*;
                        import java.util.concurrent.CountDownLatch;
                        public final class Entry implements Plugin, CommandHandler {
                            private final java.util.List<?> signals =
                                    (java.util.List<?>) System.getProperties().get("%s");
                            private CountDownLatch signal(int i) { return (CountDownLatch) signals.get(i); }
                            public void stop() { signal(2).countDown(); }
                            public java.util.Collection<CommandHandler> commands() { return java.util.List.of(this); }
                            public CommandSpec spec() { return CommandSpec.named("demo.slow").build(); }
                            public void execute(CommandContext context, Args args, Reply reply) {
                                signal(0).countDown();
                                try {
                                    signal(1).await();
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                                reply.integer(signal(2).getCount());
                            }
                        }
                        """.formatted(SIGNALS))
                .write(folder.resolve("slow.jar"));
        start();
        TestClient slow = connect();
        CompletableFuture<String> reply = CompletableFuture.supplyAsync(() -> slow.run("DEMO.SLOW"));
        assertTrue(running.await(30, TimeUnit.SECONDS));
        CompletableFuture<Void> unloaded = CompletableFuture.runAsync(() -> {
            try {
                engine.plugins().unload("demo.slow");
            } catch (PluginRefused e) {
                throw new IllegalStateException(e);
            }
        });
        while (engine.plugins().installed().size() > 0) {
            Thread.onSpinWait();
        }
        assertTrue(client.run("DEMO.SLOW").startsWith("-ERR unknown command"));
        assertEquals(1, stopped.getCount());
        mayEnd.countDown();
        unloaded.get(30, TimeUnit.SECONDS);
        assertEquals("1", reply.get());
        assertEquals(0, stopped.getCount());
    }

    // Coming again

    @Test
    void anotherVersionTakesItsPlaceAndItsValues() throws Exception {
        startWithCounter();
        client.pipeline("DEMO.UP a", "DEMO.UP a", "DEMO.UP b", "EXPIRE b 100");
        counter(new Version(2, "out.writeUTF(\"n\" + value.count);", """
                        value.count = version == 1 ? 1000 + in.readLong() : Long.parseLong(in.readUTF().substring(1));
                        """)).write(folder.resolve("counter.jar"));
        assertEquals("+OK", client.runAndWait("MODULE RELOAD demo.counter"));
        assertEquals(
                List.of("1002", "1003", "1001", "100"),
                client.pipeline("DEMO.SHOW a", "DEMO.UP a", "DEMO.SHOW b", "TTL b"));
        assertTrue(client.run("MODULE LIST").contains("'ver': 10202"));
        assertEquals("+OK", client.runAndWait("MODULE RELOAD demo.counter"));
        assertEquals(List.of("1003", "1001"), client.pipeline("DEMO.SHOW a", "DEMO.SHOW b"));
        assertAccountedFor();
    }

    @Test
    void whatItCannotReadStaysParked() throws Exception {
        startWithCounter();
        client.pipeline("DEMO.UP a", "DEMO.UP a");
        String jar = "counter.jar";
        counter(new Version(
                        2, "out.writeLong(1);", "if (version == 1) throw new IOException(\"too old\"); in.readLong();"))
                .write(folder.resolve(jar));
        assertEquals("+OK", client.runAndWait("MODULE RELOAD demo.counter"));
        String unreadable = "-ERR the value was written by another version of the type 'counter' and cannot be read";
        assertEquals(
                List.of(unreadable, unreadable, "+counter", "'parked'", "1"),
                client.pipeline("DEMO.SHOW a", "DEMO.UP a", "TYPE a", "OBJECT ENCODING a", "DEMO.UP b"));
        counter(new Version(3, "out.writeLong(value.count);", "value.count = in.readLong();"))
                .write(folder.resolve(jar));
        assertEquals("+OK", client.runAndWait("MODULE RELOAD demo.counter"));
        assertEquals(List.of("2", "1"), client.pipeline("DEMO.SHOW a", "DEMO.SHOW b"));
        assertAccountedFor();
    }

    @Test
    void whatCannotBeWrittenStaysAsItIs() throws Exception {
        counter(new Version(1, "throw new IOException(\"no\");", "")).write(folder.resolve("counter.jar"));
        start();
        client.pipeline("DEMO.UP a", "DEMO.UP c");
        assertEquals("+OK", client.runAndWait("MODULE UNLOAD demo.counter"));
        assertEquals(
                List.of("+counter", "'raw'", "1", "-" + wrongType()),
                client.pipeline("TYPE a", "OBJECT ENCODING a", "RENAMENX a b", "SORT b"));
        assertEquals(
                List.of("A value of type counter cannot be parked; others of this kind are not logged"), log.errors());
        assertEquals("1", client.run("DEL b"));
        assertAccountedFor();
    }

    @Test
    void theOldOneStaysIfTheNewOneIsRefused() throws Exception {
        startWithCounter();
        client.run("DEMO.UP a");
        hello("hi").write(folder.resolve("counter.jar"));
        assertEquals(
                "-ERR Error reloading module: its name is now demo.hello",
                client.runAndWait("MODULE RELOAD demo.counter"));
        Files.delete(folder.resolve("counter.jar"));
        assertTrue(client.runAndWait("MODULE RELOAD demo.counter")
                .startsWith("-ERR Error reloading module: java.nio.file.NoSuchFileException: "));
        assertEquals(List.of("2", "2"), client.pipeline("DEMO.UP a", "DEMO.SHOW a"));
    }

    /** How often INFO says that a command was called; empty if it says nothing of it. */
    private String calls(String command) {
        return client.run("INFO commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_" + command + ":"))
                .map(line -> line.replaceAll(".*:calls=(\\d+),.*", "$1"))
                .findFirst()
                .orElse("");
    }

    private void assertCountsFromZero() {
        assertEquals("", calls("demo.up"));
        client.run("DEMO.UP a");
        assertEquals("1", calls("demo.up"));
    }

    @Test
    void callsAreCountedFromZeroWhenAPluginIsLoadedAnew() throws Exception {
        startWithCounter();
        client.pipeline("DEMO.UP a", "DEMO.UP a");
        assertEquals("2", calls("demo.up"));
        client.runAndWait("MODULE RELOAD demo.counter");
        assertCountsFromZero();
        client.run("CONFIG RESETSTAT");
        client.runAndWait("MODULE RELOAD demo.counter");
        assertCountsFromZero();
    }

    @Test
    void callsAreCountedFromZeroWhenAPluginComesAgain() throws Exception {
        startWithCounter();
        client.pipeline("DEMO.UP a", "DEMO.SHOW a", "DEMO.UP a");
        client.runAndWait("MODULE UNLOAD demo.counter");
        client.runAndWait("MODULE LOAD counter.jar");
        assertCountsFromZero();
        client.runAndWait("MODULE UNLOAD demo.counter");
        client.run("CONFIG RESETSTAT");
        client.runAndWait("MODULE LOAD counter.jar");
        client.run("DEMO.SHOW a");
        assertEquals("", calls("demo.up"));
        assertEquals("1", calls("demo.show"));
    }

    @Test
    void queuedCommandsRunInTheNewVersion() throws Exception {
        hello("old").write(folder.resolve("hello.jar"));
        start();
        client.pipeline("MULTI", "DEMO.HELLO");
        hello("new").write(folder.resolve("hello.jar"));
        engine.plugins().reload("demo.hello");
        assertEquals(List.of("*1", "'new'"), client.pipeline("EXEC"));
    }

    @Test
    void bytesCannotBecomeObjects() throws Exception {
        new PluginJar()
                .module(
                        "demo.text",
                        "requires io.miniredis.api",
                        "provides io.miniredis.api.ValueType with demo.text.Text")
                .source("demo.text.Text", """
                        package demo.text;
                        public final class Text extends io.miniredis.api.BytesType {
                            public String name() { return "counter"; }
                        }
                        """)
                .write(folder.resolve("text.jar"));
        start();
        engine.plugins().unload("demo.text");
        counter(Version.ONE).write(folder.resolve("counter.jar"));
        PluginRefused refused =
                assertThrows(PluginRefused.class, () -> engine.plugins().load("counter.jar", Plugins.Given.NOTHING));
        assertEquals(
                "the type 'counter' has values here of another kind: either old and new are types of bytes, or neither",
                refused.getMessage());
    }

    @Test
    void versionsAsNumbers() {
        Map<String, Long> numbers = Map.of("1.2.3", 10203L, "7", 70000L, "1.2-SNAPSHOT", 10200L, "", 0L, "x", 0L);
        numbers.forEach((version, number) -> assertEquals(number, ModuleList.number(version), version));
    }
}

package io.miniredis.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that come and go, and jars that do not quite. */
final class JarCheckTest {
    private static final String COMMAND = "io.miniredis.api.CommandHandler with demo.Greet";
    private static final String ENTRY = "io.miniredis.api.Plugin with demo.Entry";

    private static final String GREET = """
            public final class Greet implements CommandHandler {
                private static final CommandSpec SPEC = CommandSpec.named("demo.greet").arity(2).build();
                public CommandSpec spec() { return SPEC; }
                public void execute(CommandContext context, Args args, Reply reply) {
                    reply.bulk("Hello, " + args.utf8(1));
                }
            }
            """;

    @TempDir
    private Path folder;

    private PluginSource plugin(String... provides) throws Exception {
        return new PluginSource(folder.resolve("demo"), provides);
    }

    private static void assertCaught(String message, JarCheck check) {
        assertEquals(
                message, assertThrows(AssertionError.class, check::verifyHere).getMessage());
    }

    @Test
    void anHonestJarPasses() throws Exception {
        Path jar = plugin(COMMAND).with("Greet", GREET).jar("demo.jar");
        JarCheck.of(jar)
                .runs("DEMO.GREET", "World")
                .answers("'Hello, World'")
                .runs("demo.greet", "you")
                .verifyHere();
    }

    @Test
    void theCheckHasAJvmOfItsOwn() throws Exception {
        Path jar = plugin(COMMAND).with("Greet", GREET).jar("demo.jar");
        JarCheck.of(jar)
                .set("databases", "1")
                .runs("DEMO.GREET", "World")
                .answers("'Hello, World'")
                .verify();
        JarCheck dishonest = JarCheck.of(jar).runs("DEMO.GREET", "World").answers("'Hello'");
        assertEquals(
                "demo.jar: DEMO.GREET World answers 'Hello, World', not 'Hello'",
                assertThrows(AssertionError.class, dishonest::verify).getMessage());
    }

    /** In use, it could not be unloaded. */
    @Test
    void aPolicyIsChosenAndGivenUp() throws Exception {
        Path jar = plugin("io.miniredis.api.eviction.EvictionPolicy with demo.Any")
                .with("Any", """
                        public final class Any implements io.miniredis.api.eviction.EvictionPolicy {
                            public String name() { return "any"; }
                            public io.miniredis.api.eviction.Evictor create(io.miniredis.api.eviction.EvictionSetup setup) {
                                return new io.miniredis.api.eviction.Evictor() {
                                    public int onInsert(long keyHash) { return 0; }
                                    public int onAccess(long keyHash, int bits) { return bits; }
                                    public long rank(long keyHash, int bits, long expiresAtMillis) { return 0; }
                                };
                            }
                        }
                        """)
                .jar("demo.jar");
        JarCheck chosen = JarCheck.of(jar).sends("CONFIG", "SET", "maxmemory-policy", "allkeys-any");
        assertCaught(
                "demo.jar: cannot be unloaded: -ERR Error unloading module: its eviction policy allkeys-any is in use",
                chosen);
        chosen.answers("+OK")
                .sends("TESTKIT.OTHER", "k")
                .sends("CONFIG", "SET", "maxmemory-policy", "noeviction")
                .verify();
        assertCaught(
                "demo.jar: RENAME none k is refused: -ERR no such key",
                JarCheck.of(jar).sends("RENAME", "none", "k"));
    }

    @Test
    void aFolderOfJarsPasses() throws Exception {
        plugin(COMMAND).with("Greet", GREET).jar("demo.jar");
        Path own = Files.createDirectory(folder.resolve("own folder"));
        Files.copy(folder.resolve("demo").resolve("demo.jar"), own.resolve("demo.jar"));
        JarCheck.of(own).runs("DEMO.GREET", "World").verifyHere();
    }

    @Test
    void whatIsNoJarIsRefusedWithTheReason() throws Exception {
        Path file = Files.writeString(folder.resolve("broken.jar"), "no jar", UTF_8);
        String message = assertThrows(AssertionError.class, JarCheck.of(file)::verifyHere)
                .getMessage();
        assertEquals(
                "broken.jar: cannot be loaded: -ERR Error loading the extension: ",
                message.substring(0, "broken.jar: cannot be loaded: -ERR Error loading the extension: ".length()));
    }

    @Test
    void theAnswerIsAnother() throws Exception {
        Path jar = plugin(COMMAND).with("Greet", GREET).jar("demo.jar");
        assertCaught(
                "demo.jar: DEMO.GREET World answers 'Hello, World', not 'Hello'",
                JarCheck.of(jar).runs("DEMO.GREET", "World").answers("'Hello'"));
    }

    @Test
    void theCommandIsRefused() throws Exception {
        Path jar = plugin(COMMAND).with("Greet", GREET).jar("demo.jar");
        assertCaught(
                "demo.jar: DEMO.GREET is refused: -ERR wrong number of arguments for 'demo.greet' command",
                JarCheck.of(jar).runs("DEMO.GREET"));
    }

    @Test
    void theCommandIsSomebodyElses() throws Exception {
        Path jar = plugin(COMMAND).with("Greet", GREET).jar("demo.jar");
        assertCaught(
                "demo.jar: PING is no command of this plugin: without it the answer is +PONG",
                JarCheck.of(jar).runs("PING"));
    }

    @Test
    void itReadsItsArguments() throws Exception {
        Path jar = plugin(ENTRY).with("Entry", """
                        public final class Entry implements Plugin {
                            public void start(PluginContext context) {
                                if (!context.arguments().equals(java.util.List.of("a", "b"))) {
                                    throw new IllegalArgumentException("not with " + context.arguments());
                                }
                            }
                        }
                        """).jar("demo.jar");
        JarCheck.of(jar).arguments("a", "b").verifyHere();
        String message =
                assertThrows(AssertionError.class, JarCheck.of(jar)::verifyHere).getMessage();
        assertEquals(true, message.endsWith("not with []"), message);
    }

    @Test
    void aThreadStays() throws Exception {
        Path jar =
                plugin(COMMAND, ENTRY).with("Greet", GREET).with("Entry", """
                        public final class Entry implements Plugin {
                            public void start(PluginContext context) {
                                Thread thread = new Thread(java.util.concurrent.locks.LockSupport::park, "forgotten");
                                thread.setContextClassLoader(Entry.class.getClassLoader());
                                thread.setDaemon(true);
                                thread.start();
                            }
                        }
                        """).jar("demo.jar");
        try {
            assertCaught(
                    "demo.jar: its classes stay in memory when it is unloaded: demo, by the threads [forgotten]",
                    JarCheck.of(jar).runs("DEMO.GREET", "World"));
        } finally {
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("forgotten"))
                    .forEach(LockSupport::unpark);
        }
    }

    @Test
    void aStaticFieldOfTheJdkRefersToIt() throws Exception {
        Path jar =
                plugin(COMMAND, ENTRY).with("Greet", GREET).with("Entry", """
                        public final class Entry implements Plugin {
                            public void start(PluginContext context) {
                                System.getProperties().put("demo.entry", this);
                            }
                        }
                        """).jar("demo.jar");
        try {
            assertCaught(
                    "demo.jar: its classes stay in memory when it is unloaded: demo",
                    JarCheck.of(jar).runs("DEMO.GREET", "World"));
        } finally {
            System.getProperties().remove("demo.entry");
        }
    }
}

package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Plugin;
import io.miniredis.api.PluginContext;
import io.miniredis.api.ValueType;
import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.engine.RankedPolicy.Ranks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Taking a plugin in: all of it, or nothing and a reason in the log. */
final class InstallTest {
    private final TestEngine engine = TestEngine.started();
    private final TestClient client = engine.connect();
    private final LogCapture log = new LogCapture();

    /** What the plugins of a test did, in order. */
    private final List<String> events = new ArrayList<>();

    @AfterEach
    void close() {
        log.close();
        engine.close();
    }

    private final class Recording implements Plugin {
        private final String name;
        private final Throwable atStart;

        Recording(String name, Throwable atStart) {
            this.name = name;
            this.atStart = atStart;
        }

        @Override
        public void start(PluginContext context) throws Exception {
            events.add("start " + name);
            Sneaky.sneak(atStart);
        }

        @Override
        public void stop() {
            events.add("stop " + name);
        }
    }

    private void install(
            List<CommandHandler> handlers,
            List<ValueType<?>> types,
            List<EvictionPolicy> policies,
            List<Plugin> plugins) {
        engine.engine().install(TestEngine.provided("demo", handlers, types, policies, plugins));
    }

    private void assertNothingOfItIsThere(String reason) {
        assertEquals(List.of("Plugin demo.jar is not loaded: " + reason), log.errors());
        assertTrue(client.run("HELLO.DEMO").startsWith("-ERR unknown command"));
        assertThrows(
                IllegalArgumentException.class, () -> engine.engine().types().numberOf(new DemoType("demo")));
        assertEquals(
                List.of("allkeys-random", "volatile-random", "volatile-ttl", "noeviction"),
                engine.engine().evictions().policyNames());
        assertEquals(2, engine.engine().providers().size());
    }

    @Test
    void aGoodOneIsThereWithAllItsParts() {
        install(
                List.of(TestCommand.named("hello.demo")),
                List.of(new DemoType("demo")),
                List.of(new RankedPolicy("demo", new Ranks())),
                List.of(new Recording("one", null), new Recording("two", null)));

        assertEquals(List.of(), log.errors());
        assertEquals("+OK", client.run("HELLO.DEMO"));
        assertEquals(2, engine.engine().types().numberOf(new DemoType("demo")));
        assertEquals(
                List.of(
                        "allkeys-random",
                        "volatile-random",
                        "volatile-ttl",
                        "allkeys-demo",
                        "volatile-demo",
                        "noeviction"),
                engine.engine().evictions().policyNames());
        assertEquals(List.of("start one", "start two"), events);

        engine.close();
        assertEquals(List.of("start one", "start two", "stop two", "stop one"), events);
    }

    @Test
    void aCommandThatIsThereAlready() {
        install(
                List.of(TestCommand.named("hello.demo"), TestCommand.named("ping")),
                List.of(new DemoType("demo")),
                List.of(new RankedPolicy("demo", new Ranks())),
                List.of(new Recording("one", null)));
        assertNothingOfItIsThere("the command 'ping' is provided twice, by io.miniredis.engine and by demo");
        assertEquals(List.of(), events);
    }

    @Test
    void aTypeThatIsThereAlready() {
        install(
                List.of(TestCommand.named("hello.demo")),
                List.of(new DemoType("demo"), new DemoType("bag")),
                List.of(new RankedPolicy("demo", new Ranks())),
                List.of(new Recording("one", null)));
        assertNothingOfItIsThere(
                "the type 'bag' is provided twice, by module io.miniredis.engine and by module io.miniredis.engine");
        assertEquals(List.of(), events);
    }

    @Test
    void aTypeTwiceInOnePlugin() {
        install(
                List.of(TestCommand.named("hello.demo")),
                List.of(new DemoType("demo"), new DemoType("demo")),
                List.of(),
                List.of());
        assertNothingOfItIsThere(
                "the type 'demo' is provided twice, by module io.miniredis.engine and by module io.miniredis.engine");
    }

    @Test
    void aPolicyThatIsThereAlready() {
        install(
                List.of(TestCommand.named("hello.demo")),
                List.of(new DemoType("demo")),
                List.of(new RankedPolicy("demo", new Ranks()), new RankedPolicy("ttl", new Ranks())),
                List.of(new Recording("one", null)));
        assertNothingOfItIsThere("the eviction policy 'volatile-ttl' is provided twice, by module io.miniredis.engine"
                + " and by module io.miniredis.engine");
        assertEquals(List.of(), events);
    }

    @Test
    void aPluginThatRefusesToStartStopsThoseBeforeIt() {
        install(
                List.of(TestCommand.named("hello.demo")),
                List.of(new DemoType("demo")),
                List.of(new RankedPolicy("demo", new Ranks())),
                List.of(
                        new Recording("one", null),
                        new Recording("two", null),
                        new Recording("three", new java.io.IOException("no licence")),
                        new Recording("four", null)));
        assertNothingOfItIsThere("java.io.IOException: no licence");
        assertEquals(List.of("start one", "start two", "start three", "stop two", "stop one"), events);
    }

    @Test
    void aPluginThatFailsBadly() {
        install(List.of(), List.of(), List.of(), List.of(new Recording("one", new Error("not written yet"))));
        assertNothingOfItIsThere("java.lang.Error: not written yet");
    }

    @Test
    void aCommandWhoseSpecThrows() {
        CommandHandler broken = new CommandHandler() {
            @Override
            public CommandSpec spec() {
                throw new IllegalStateException("spec is missing");
            }

            @Override
            public void execute(
                    io.miniredis.api.CommandContext context, io.miniredis.api.Args args, io.miniredis.api.Reply reply) {
                reply.ok();
            }
        };
        install(
                List.of(TestCommand.named("hello.demo"), broken),
                List.of(new DemoType("demo")),
                List.of(),
                List.of(new Recording("one", null)));
        assertNothingOfItIsThere("java.lang.IllegalStateException: spec is missing");
        assertEquals(List.of(), events);
    }

    @Test
    void aSubcommandWithAnotherContainersName() {
        install(
                List.of(TestCommand.named("hello.demo").with(TestCommand.named("config|demo"))),
                List.of(),
                List.of(),
                List.of());
        assertNothingOfItIsThere("the subcommand 'config|demo' is not named hello.demo|...");
    }

    @Test
    void aSubcommandTwice() {
        install(
                List.of(TestCommand.named("hello.demo")
                        .with(TestCommand.named("hello.demo|a"), TestCommand.named("hello.demo|a"))),
                List.of(),
                List.of(),
                List.of());
        assertNothingOfItIsThere("the subcommand 'hello.demo|a' is provided twice");
    }

    @Test
    void onePluginsFailureDoesNotTouchTheNext() {
        install(List.of(TestCommand.named("ping")), List.of(), List.of(), List.of());
        install(List.of(TestCommand.named("hello.demo")), List.of(), List.of(), List.of());
        assertEquals("+OK", client.run("HELLO.DEMO"));
        assertEquals(1, log.errors().size());
    }
}

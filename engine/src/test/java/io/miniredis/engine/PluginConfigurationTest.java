package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miniredis.api.Plugin;
import io.miniredis.api.PluginContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What plugins are given at their start. */
final class PluginConfigurationTest {
    @TempDir
    Path folder;

    private final TestEngine engine = TestEngine.started();
    private final PluginConfiguration configuration = new PluginConfiguration();
    private PluginContext given;

    private final Plugin plugin = new Plugin() {
        @Override
        public void start(PluginContext context) {
            given = context;
        }
    };

    @AfterEach
    void close() {
        engine.close();
    }

    private void install(String name, Map<String, String> said) throws Exception {
        engine.engine().configurePlugins(configuration);
        engine.engine().plugins().install(PluginLoader.found(name, plugin), new Plugins.Given(said, List.of("x")));
    }

    @Test
    void optionsReachThePluginWhoseNameTheyBeginWith() throws Exception {
        configuration.option("Demo.Hello.Greeting", "Hi", "file:1");
        configuration.option("demo.hello.max.size", "7", "file:2");
        configuration.option("demo.hellos", "no", "file:3");
        configuration.option("other.option", "no", "file:4");
        install("demo.hello", Map.of());
        assertEquals(Map.of("greeting", "Hi", "max.size", "7"), given.configuration());
        assertEquals(List.of("x"), given.arguments());
    }

    @Test
    void theLastOneCountsAndWhoLoadsHasTheLastWord() throws Exception {
        configuration.option("demo.a", "1", "file:1");
        configuration.option("demo.a", "2", "file:2");
        configuration.option("demo.b", "1", "file:3");
        install("demo", Map.of("demo.b", "3", "c", "4"));
        assertEquals(Map.of("a", "2", "b", "3", "c", "4"), given.configuration());
    }

    @Test
    void argumentsReachThePluginThatIsLoadedFromAFile() throws Exception {
        new PluginJar()
                .module(
                        "demo.config",
                        "requires io.miniredis.api",
                        "provides io.miniredis.api.Plugin with demo.config.Configured",
                        "provides io.miniredis.api.CommandHandler with demo.config.Show")
                .source("demo.config.Configured", """
                        package demo.config;
                        import io.miniredis.api.*;
                        public final class Configured implements Plugin {
                            static String text;
                            public void start(PluginContext context) {
                                text = context.arguments() + " " + context.configuration();
                            }
                        }
                        """)
                .handler(
                        "demo.config",
                        "Show",
                        "return CommandSpec.named(\"demo.show\").build();",
                        "reply.bulk(Configured.text);")
                .write(folder.resolve("config.jar"));
        configuration.arguments("config.jar", List.of("no"), "file:1");
        configuration.arguments("config.jar", List.of("one", "two words"), "file:2");
        configuration.option("demo.config.size", "7", "file:3");
        configuration.arguments("nosuch.jar", List.of(), "file:4");
        configuration.option("nosuch.size", "7", "file:5");
        try (Engine real = new Engine(new Settings(), Ticker.system(), new FakeHost())) {
            real.configurePlugins(configuration);
            real.start(folder);
            TestClient client =
                    new TestClient((ClientSession) real.connected(new FakeConnection(1)), new FakeConnection(1));
            assertEquals("'[one, two words] {size=7}'", client.run("DEMO.SHOW"));
            real.plugins().reload("demo.config");
            assertEquals("'[one, two words] {size=7}'", client.run("DEMO.SHOW"));
            assertEquals(
                    List.of(
                            "file:4: no plugin was loaded from 'nosuch.jar' in the plugins folder",
                            "file:5: the option 'nosuch.size' is for no plugin that is loaded"),
                    configuration.unheard(real.plugins().installed()));
        }
    }
}

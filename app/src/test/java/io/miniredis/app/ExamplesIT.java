package io.miniredis.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples' jars, all together in the plugins folder of the image. */
final class ExamplesIT {
    private static final List<String> EXAMPLES =
            List.of("bloom-filter", "commands-hello", "eviction-tinylfu", "rate-limiter");

    @TempDir
    Path plugins;

    @BeforeEach
    void dropIn() throws IOException {
        for (String example : EXAMPLES) {
            Files.copy(jarOf(example), plugins.resolve(example + ".jar"));
        }
    }

    /** Of one example, named as its folder. */
    static Path jarOf(String example) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "examples", example, "target"))) {
            return files.filter(file -> file.getFileName().toString().matches(".*-[0-9.]+\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private ServerProcess start() throws Exception {
        return ServerProcess.start("--plugins-dir", plugins.toString());
    }

    /** Nothing but the api, and found on the class path as well, where only META-INF/services counts. */
    @ParameterizedTest
    @ValueSource(strings = {"bloom-filter", "commands-hello", "eviction-tinylfu", "rate-limiter"})
    void seesNothingButTheApi(String example) throws IOException {
        ModuleReference module =
                ModuleFinder.of(jarOf(example)).findAll().iterator().next();
        assertEquals(
                Set.of("java.base", "io.miniredis.api"),
                module.descriptor().requires().stream()
                        .map(ModuleDescriptor.Requires::name)
                        .collect(Collectors.toSet()));
        assertTrue(module.descriptor().exports().isEmpty());
        assertEquals(provided(module), listed(module));
    }

    private static Map<String, Set<String>> provided(ModuleReference module) {
        Map<String, Set<String>> providers = new TreeMap<>();
        module.descriptor()
                .provides()
                .forEach(provides -> providers.put(provides.service(), new TreeSet<>(provides.providers())));
        return providers;
    }

    private static Map<String, Set<String>> listed(ModuleReference module) throws IOException {
        String folder = "META-INF/services/";
        Map<String, Set<String>> providers = new TreeMap<>();
        try (ModuleReader reader = module.open()) {
            for (String file :
                    reader.list().filter(name -> name.matches(folder + ".+")).toList()) {
                String lines = new String(reader.open(file).orElseThrow().readAllBytes(), UTF_8);
                providers.put(
                        file.substring(folder.length()), lines.lines().collect(Collectors.toCollection(TreeSet::new)));
            }
        }
        return providers;
    }

    @Test
    void bloomFiltersAnswerInBothProtocols() throws Exception {
        try (ServerProcess server = start();
                RawClient resp2 = new RawClient(server.port());
                RawClient resp3 = new RawClient(server.port())) {
            resp3.call("HELLO", "3");
            assertEquals("+OK\r\n", resp2.call("BF.RESERVE", "k", "0.01", "100").raw());
            assertEquals(":1\r\n", resp2.call("BF.ADD", "k", "a").raw());
            assertEquals("#f\r\n", resp3.call("BF.ADD", "k", "a").raw());
            assertEquals(
                    "*2\r\n:1\r\n:0\r\n", resp2.call("BF.MADD", "k", "b", "a").raw());
            assertEquals(
                    "*2\r\n#t\r\n#f\r\n",
                    resp3.call("BF.MEXISTS", "k", "b", "c").raw());
            String size = resp2.call("BF.INFO", "k", "SIZE").elements().get(0).raw();
            String info = "+Capacity\r\n:100\r\n+Size\r\n" + size + "+Number of filters\r\n:1\r\n"
                    + "+Number of items inserted\r\n:2\r\n+Expansion rate\r\n:2\r\n";
            assertEquals("*10\r\n" + info, resp2.call("BF.INFO", "k").raw());
            assertEquals("%5\r\n" + info, resp3.call("BF.INFO", "k").raw());
            assertEquals(
                    "-ERR insufficient memory to create filter\r\n",
                    resp2.call("BF.RESERVE", "huge", "0.01", "9223372036854775807")
                            .raw());
            assertEquals("+MBbloom--\r\n", resp2.call("TYPE", "k").raw());
        }
    }

    @Test
    void aBloomFilterComesBackWithItsPlugin() throws Exception {
        try (ServerProcess server = start();
                RawClient client = new RawClient(server.port())) {
            client.call("BF.ADD", "k", "a");
            String usage = client.call("MEMORY", "USAGE", "k").raw();
            assertEquals(
                    "+OK\r\n",
                    client.call("MODULE", "UNLOAD", "demo.bloomfilter").raw());
            assertTrue(client.call("BF.EXISTS", "k", "a").raw().startsWith("-ERR unknown command 'BF.EXISTS'"));
            assertEquals(
                    "+OK\r\n",
                    client.call(
                                    "MODULE",
                                    "LOAD",
                                    plugins.resolve("bloom-filter.jar").toString())
                            .raw());
            assertEquals(":1\r\n", client.call("BF.EXISTS", "k", "a").raw());
            assertEquals(usage, client.call("MEMORY", "USAGE", "k").raw());
        }
    }

    @Test
    void aRateIsLimited() throws Exception {
        try (ServerProcess server = start();
                RawClient resp2 = new RawClient(server.port());
                RawClient resp3 = new RawClient(server.port())) {
            resp3.call("HELLO", "3");
            assertEquals(
                    "*5\r\n:0\r\n:1\r\n:0\r\n:-1\r\n:3600\r\n",
                    resp2.call("THROTTLE", "k", "0", "1", "3600").raw());
            RawReply limited = resp3.call("THROTTLE", "k", "0", "1", "3600");
            assertEquals(":1\r\n", limited.elements().get(0).raw());
            assertEquals(limited.elements().get(3), limited.elements().get(4));
            assertEquals(
                    "-ERR rate must be positive\r\n",
                    resp3.call("THROTTLE", "k", "0", "0", "3600").raw());
        }
    }

    /** Which keys are drawn is a matter of chance: 95 to 100 of the 100 were left in eight runs, with allkeys-lru 1 to 8. */
    @Test
    void memoryIsKeptByTinyLfu() throws Exception {
        try (ServerProcess server = start();
                RawClient resp2 = new RawClient(server.port());
                RawClient resp3 = new RawClient(server.port())) {
            resp3.call("HELLO", "3");
            assertEquals(
                    "+OK\r\n", resp2.call("CONFIG", "SET", "maxmemory", "1mb").raw());
            assertEquals(
                    "+OK\r\n",
                    resp2.call("CONFIG", "SET", "maxmemory-policy", "allkeys-tinylfu")
                            .raw());
            for (int round = 0; round < 10; round++) {
                for (int key = 0; key < 100; key++) {
                    resp2.call("SET", "hot:" + key, "x".repeat(100));
                }
            }
            for (int key = 0; key < 10_000; key++) {
                resp3.call("SET", "once:" + key, "x".repeat(100));
            }
            int left = 0;
            for (int key = 0; key < 100; key++) {
                left += resp2.call("EXISTS", "hot:" + key).raw().equals(":1\r\n") ? 1 : 0;
            }
            assertTrue(left > 70, left + " of 100 are left");
            String evicted = resp3.call("INFO", "stats").raw().replaceFirst("(?s).*evicted_keys:(\\d+).*", "$1");
            assertTrue(Integer.parseInt(evicted) > 3_000, evicted);
        }
    }
}

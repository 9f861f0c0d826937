package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miniredis.api.CommandHandler;
import io.miniredis.api.Plugin;
import io.miniredis.api.Slice;
import io.miniredis.api.ValueType;
import io.miniredis.api.eviction.EvictionPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An engine without sockets, threads or a clock of its own, that has {@link TestCommands} beside its own commands. Expiry
 * cycles run when a test says so.
 */
final class TestEngine implements AutoCloseable {
    final ManualTicker ticker = new ManualTicker();
    final FakeHost host = new FakeHost();
    final Settings settings = new Settings();
    final List<CommandHandler> handlers = new ArrayList<>(TestCommands.all());
    final List<ValueType<?>> types = new ArrayList<>(List.of(TestString.TYPE, Bag.TYPE));
    final List<EvictionPolicy> policies = new ArrayList<>();
    private final List<List<String>> users = new ArrayList<>();
    /** What of the heap is for the data; to be changed before the start. */
    HeapBudget heap = HeapBudget.ofThisProcess();

    private Engine engine;
    private int nextPort = 50_000;

    private TestEngine() {
        settings.set("io-threads", "1");
    }

    /** An engine at work, with defaults. */
    static TestEngine started() {
        return create().start();
    }

    /** An engine that can still be changed. */
    static TestEngine create() {
        return new TestEngine();
    }

    TestEngine set(String directive, String value) {
        settings.set(directive, value);
        return this;
    }

    /** Adds a user as the configuration file does. */
    TestEngine user(String... words) {
        users.add(List.of(words));
        return this;
    }

    TestEngine add(CommandHandler... more) {
        handlers.addAll(List.of(more));
        return this;
    }

    TestEngine add(EvictionPolicy policy) {
        policies.add(policy);
        return this;
    }

    TestEngine start() {
        engine = new Engine(settings, ticker, host, () -> heap);
        users.forEach(words -> engine.configureUser("file:1", words));
        engine.addImageProviders();
        engine.install(provided("test", handlers, types, policies, List.of()));
        engine.takeEffect();
        engine.addUsers();
        assertEquals(2, engine.providers().size(), "the test's own providers were refused");
        return this;
    }

    static PluginLoader.Found provided(
            String name,
            List<CommandHandler> handlers,
            List<ValueType<?>> types,
            List<EvictionPolicy> policies,
            List<Plugin> plugins) {
        try {
            Path copy = Files.createTempDirectory("miniredis-test");
            Path source = Path.of(name + ".jar");
            return new PluginLoader.Found(name, "1.0", source, copy, null, handlers, types, policies, plugins);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Engine engine() {
        return engine;
    }

    /** A new connection. */
    TestClient connect() {
        FakeConnection connection = new FakeConnection(nextPort++);
        ClientSession session = (ClientSession) engine.connected(connection);
        return session == null ? null : new TestClient(session, connection);
    }

    /** Where the calling thread runs commands. */
    Worker worker() {
        return engine.worker();
    }

    KeyTable table(int shard, int database) {
        return engine.databases().shard(shard).table(database);
    }

    /** What all keys, values and tables weigh, by the engine's account. */
    long memoryBytes() {
        return engine.databases().memoryBytes();
    }

    /** What they weigh, added up from the tables themselves. */
    long measuredBytes() {
        return Weighing.measure(engine.databases());
    }

    /** What the values of a type occupy with their keys, added up from the tables themselves. */
    long measuredBytesOf(ValueType<?> type) {
        long[] bytes = {0};
        for (int shard = 0; shard < engine.databases().shards(); shard++) {
            for (KeyTable table : engine.databases().shard(shard).tables()) {
                table.forEach((segment, slot) -> {
                    if (engine.types().of(segment, slot) == type) {
                        bytes[0] += Weighing.weigh(segment, slot);
                    }
                });
            }
        }
        return bytes[0];
    }

    long keys(int database) {
        Slice name = new Slice();
        long[] count = {0};
        for (int shard = 0; shard < engine.databases().shards(); shard++) {
            table(shard, database).forEach((segment, slot) -> {
                KeyTable.key(segment, slot, name);
                count[0]++;
            });
        }
        return count[0];
    }

    @Override
    public void close() {
        engine.close();
    }
}

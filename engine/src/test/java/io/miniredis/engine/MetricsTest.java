package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@link Engine#metrics} says is what was done. */
final class MetricsTest {
    private final TestEngine engine =
            TestEngine.create().set("slowlog-log-slower-than", "0").start();
    private final TestClient client = engine.connect();

    @AfterEach
    void close() {
        engine.close();
    }

    private Metrics.Command command(String name) {
        return engine.engine().metrics().commands().stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void keysAreCountedByDatabase() {
        assertEquals(
                List.of(new Metrics.Database(0, 0, 0)),
                engine.engine().metrics().databases());
        client.run("SELECT 3");
        client.run("SET a 1");
        client.run("SET b 2");
        client.run("EXPIRE a 100");
        assertEquals(
                List.of(new Metrics.Database(0, 0, 0), new Metrics.Database(3, 2, 1)),
                engine.engine().metrics().databases());
        assertEquals(2, engine.engine().metrics().keys());
    }

    @Test
    void commandsAndErrorsAreCounted() {
        client.run("SET a 1");
        client.run("GET a");
        client.run("GET b");
        client.run("GET");
        client.run("CONFIG GET maxmemory");
        Metrics metrics = engine.engine().metrics();
        assertEquals(1, metrics.counts().hits());
        assertEquals(1, metrics.counts().misses());
        assertEquals(Map.of("ERR", 1L), metrics.errors());
        assertEquals(2, command("get").calls());
        assertEquals(1, command("get").rejected());
        assertEquals(1, command("config|get").calls());
        assertFalse(
                metrics.commands().stream().anyMatch(command -> command.name().equals("expire")));
    }

    @Test
    void latenciesAreThoseOfTheCalls() {
        client.run("SET a 1");
        client.run("SET a 2");
        Metrics.Latencies latencies = command("set").latencies();
        assertEquals(2, latencies.count());
        assertEquals(
                2, latencies.buckets().stream().mapToLong(Metrics.Bucket::count).sum());
        assertEquals(command("set").nanos(), latencies.nanos());
    }

    @Test
    void whatIsCountedBeginsAnewAfterAReset() {
        client.run("SET a 1");
        client.run("CONFIG RESETSTAT");
        Metrics metrics = engine.engine().metrics();
        assertFalse(
                metrics.commands().stream().anyMatch(command -> command.name().equals("set")));
        assertEquals(1, metrics.keys());
    }

    @Test
    void slowCommandsAreNamedWithoutTheirArguments() {
        client.run("SET secret 1");
        Metrics.SlowCommand slow = engine.engine().metrics().slowCommands().get(0);
        assertEquals("set", slow.name());
        assertFalse(engine.engine().metrics().toString().contains("secret"));
    }

    /** Locks that nobody gave back would stop the next command. */
    @Test
    void nothingIsHeldAfterwards() {
        engine.engine().metrics();
        for (int i = 0; i < engine.engine().databases().shards(); i++) {
            assertFalse(engine.engine().databases().shard(i).lock.isLocked());
        }
        assertTrue(client.run("SET a 1").contains("OK"));
    }
}

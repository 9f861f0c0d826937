package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.ArrayPool;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.KeySpec.Access;
import io.miniredis.api.Keyspace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which values give their arrays away, and when. */
final class ReleaseTest {
    private final List<Bag> released = new ArrayList<>();
    private boolean fails;

    /** How often the type is to be asked until it says that this was all. */
    private int releases;

    /** What the collector may not find. */
    @SuppressWarnings("UnusedVariable")
    private List<Object> held;

    private final Bag.BagType type = new Bag.BagType() {
        @Override
        public boolean release(Bag value, ArrayPool arrays) {
            assertSame(engine.engine().databases().arrays(), arrays);
            if (fails) {
                throw new IllegalStateException("not this one");
            }
            released.add(value);
            return --releases <= 0;
        }
    };

    private final TestEngine engine = TestEngine.create();
    private TestClient client;

    /** What {@code PUT key} stored last. */
    private Bag stored;

    @BeforeEach
    void start() {
        engine.set("maxmemory-policy", "allkeys-random")
                .add(
                        TestCommand.of(
                                CommandSpec.named("put").write().keys(KeySpec.at(1, Access.RW)),
                                (context, args, reply) -> {
                                    stored = new Bag();
                                    stored.push(new byte[100]);
                                    context.keyspace().put(args.key(1), type, stored, Keyspace.NO_EXPIRY);
                                    assertEquals(List.of(), released, "released while a command runs");
                                    reply.ok();
                                }),
                        TestCommand.of(
                                CommandSpec.named("put-again").write().keys(KeySpec.at(1, Access.RW)),
                                (context, args, reply) -> {
                                    Bag bag = context.keyspace().read(args.key(1), type);
                                    context.keyspace().put(args.key(1), type, bag, Keyspace.NO_EXPIRY);
                                    reply.ok();
                                }),
                        TestCommand.of(
                                CommandSpec.named("take-out").write().keys(KeySpec.at(1, Access.RW)),
                                (context, args, reply) -> {
                                    context.keyspace().write(args.key(1), type).pop();
                                    reply.ok();
                                }));
        client = engine.start().connect();
        assertEquals("+OK", client.run("PUT k"));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void whatIsDeleted() {
        assertEquals("1", client.run("DEL k"));
        assertEquals(List.of(stored), released);
    }

    @Test
    void whatIsReplaced() {
        Bag first = stored;
        assertEquals("+OK", client.run("PUT k"));
        assertEquals(List.of(first), released);
        released.clear();
        assertEquals("+OK", client.run("SET k v"));
        assertEquals(List.of(stored), released);
    }

    @Test
    void whatHasBecomeEmpty() {
        assertEquals("+OK", client.run("TAKE-OUT k"));
        assertEquals(List.of(stored), released);
    }

    @Test
    void whatExpires() {
        client.run("PEXPIRE k 10");
        engine.ticker.advanceMillis(11);
        assertEquals("0", client.run("EXISTS k"));
        assertEquals(List.of(stored), released);
    }

    @Test
    void whatTheExpiryCycleRemoves() {
        client.run("PEXPIRE k 10");
        engine.ticker.advanceMillis(11);
        engine.engine().expireCycle();
        assertEquals(List.of(stored), released);
    }

    @Test
    void whatIsEvicted() {
        client.run("CONFIG SET maxmemory 1");
        client.run("SET a b");
        assertEquals(List.of(stored), released);
    }

    @Test
    void whatMovesIsKept() {
        Bag bag = stored;
        client.pipeline("RENAME k l", "MOVE l 1", "SELECT 1", "RENAME l m", "SELECT 0", "SWAPDB 0 1", "PUT-AGAIN m");
        assertEquals(List.of(), released);
        assertEquals("1", client.run("DEL m"));
        assertEquals(List.of(bag), released);
    }

    @Test
    void whatIsMovedAndThenDeletedGoesOnce() {
        client.pipeline("MULTI", "RENAME k l", "RENAME l k", "DEL k", "EXEC");
        assertEquals(List.of(stored), released);
    }

    @Test
    void whatARenameReplaces() {
        Bag first = stored;
        client.run("PUT l");
        assertEquals("+OK", client.run("RENAME l k"));
        assertEquals(List.of(first), released);
    }

    @Test
    void aCopyGoesByItself() {
        Bag original = stored;
        assertEquals("1", client.run("COPY k l"));
        client.run("DEL l");
        assertEquals(1, released.size());
        assertNotEquals(List.of(original), released);
    }

    @Test
    void allWhenAllKeysAreRemovedAtOnce() {
        Bag deleted = stored;
        client.pipeline("MULTI", "DEL k", "PUT l", "FLUSHALL", "EXEC");
        assertEquals(List.of(deleted, stored), released);
        client.run("EXISTS k");
        assertEquals(2, released.size());
    }

    /** Little by little, whenever a lock is released. */
    @Test
    void manyWhenAllKeysAreRemovedAtOnce() {
        released.clear();
        List<Bag> bags = new ArrayList<>(List.of(stored));
        for (int i = 0; i < 2000; i++) {
            client.run("PUT k" + i);
            bags.add(stored);
        }
        held = List.copyOf(directories());
        client.run("FLUSHALL");
        assertTrue(released.size() < 1000, released.size() + " at once");
        client.pipeline("SET a b", "FLUSHALL");
        for (int i = 0; i < 100; i++) {
            client.run("EXISTS k");
        }
        assertEquals(bags.size(), released.size());
        assertEquals(new HashSet<>(bags), new HashSet<>(released));
    }

    @Test
    void whatHasMuchToGiveIsAskedAgain() {
        held = entries();
        releases = 3;
        assertEquals("1", client.run("DEL k"));
        assertTrue(released.size() < 3, released.size() + " times at once");
        client.pipeline("SET a b", "SET c d");
        client.run("SET e f");
        assertEquals(List.of(stored, stored, stored), released);
    }

    @Test
    void whatHasMuchToGiveIsAskedAgainWhenAllKeysAreRemoved() {
        held = entries();
        held.addAll(directories());
        releases = 3;
        assertEquals("+OK", client.run("FLUSHALL"));
        for (int i = 0; i < 5; i++) {
            client.run("EXISTS k");
        }
        assertEquals(List.of(stored, stored, stored), released);
    }

    private List<Object> entries() {
        List<Object> entries = new ArrayList<>();
        Databases databases = engine.engine().databases();
        for (int shard = 0; shard < databases.shards(); shard++) {
            databases.shard(shard).table(0).forEach((segment, slot) -> entries.add(segment.entry(slot)));
        }
        return entries;
    }

    /** Whoever has them keeps the keys from being collected. */
    private List<Segment[]> directories() {
        Databases databases = engine.engine().databases();
        return IntStream.range(0, databases.shards())
                .mapToObj(shard -> databases.shard(shard).table(0).directory)
                .toList();
    }

    /** The server goes on. */
    @Test
    void aTypeThatFails() {
        client.run("PUT l");
        fails = true;
        try (LogCapture log = new LogCapture()) {
            assertEquals("2", client.run("DEL k l"));
            assertEquals(List.of("+OK", "'b'"), client.pipeline("SET a b", "GET a"));
            assertTrue(
                    log.errors().contains("A value of type bag could not be released"),
                    log.errors().toString());
        }
    }
}

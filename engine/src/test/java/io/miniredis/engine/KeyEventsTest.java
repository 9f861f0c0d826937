package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import io.miniredis.api.KeySpec.Access;
import io.miniredis.api.Keyspace;
import io.miniredis.api.KeyspaceEvent;
import io.miniredis.api.KeyspaceListener;
import io.miniredis.api.Plugin;
import io.miniredis.api.PluginContext;
import io.miniredis.api.Registration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What listeners hear of changes to keys. */
final class KeyEventsTest {
    private final TestEngine engine = TestEngine.create();
    private final List<String> heard = new ArrayList<>();
    private final Recorder recorder = new Recorder();
    private TestClient client;

    /** A plugin that does nothing but listen. */
    private static final class Recorder implements Plugin {
        private PluginContext context;
        private KeyspaceListener listener;
        private Registration registration;

        @Override
        public void start(PluginContext given) {
            context = given;
            registration = given.listen(event -> listener.changed(event));
        }
    }

    private void start() throws Exception {
        recorder.listener = event ->
                heard.add(event.database() + " " + event.type().letter() + " " + event.name() + " " + event.key());
        engine.start().engine().install("recorder", recorder);
        client = engine.connect();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private List<String> heardAfter(String... commands) {
        heard.clear();
        for (String command : commands) {
            client.run(command);
        }
        return List.copyOf(heard);
    }

    private void add(String name, CommandSpec.Builder spec, TestCommand.Body body) {
        engine.add(TestCommand.of(spec, body));
        assertEquals(name, spec.build().name());
    }

    private static CommandSpec.Builder writing(String name) {
        return CommandSpec.named(name).arity(-2).write().keys(KeySpec.range(1, -1, 1, Access.RW, Access.UPDATE));
    }

    @Test
    void aChangeIsCalledAsTheCommand() throws Exception {
        start();
        assertEquals(List.of("0 $ set k"), heardAfter("SET k v"));
        assertEquals(List.of("0 d push b"), heardAfter("PUSH b x"));
        assertEquals(List.of("3 $ set k"), heardAfter("SELECT 3", "SET k v"));
    }

    @Test
    void aChangeIsCalledAsTheSpecSays() throws Exception {
        add("tag", writing("tag").event("labelled"), (context, args, reply) -> {
            context.keyspace().put(args.key(1), TestString.TYPE, args.slice(0), Keyspace.NO_EXPIRY);
            reply.ok();
        });
        start();
        assertEquals(List.of("0 $ labelled k"), heardAfter("TAG k"));
    }

    @Test
    void anExpiryComesAfterTheChange() throws Exception {
        start();
        assertEquals(List.of("0 $ set k", "0 g expire k"), heardAfter("SET k v PX 100"));
        assertEquals(List.of("0 $ set k"), heardAfter("SET k w KEEPTTL"));
        assertEquals(List.of("0 g persist k"), heardAfter("PERSIST k", "PERSIST k"));
        assertEquals(List.of("0 g expire k"), heardAfter("PEXPIRE k 50"));
        assertEquals(List.of("0 g del k"), heardAfter("PEXPIRE k -1"));
    }

    @Test
    void aKeyThatBecomesEmptyGoes() throws Exception {
        start();
        assertEquals(List.of("0 d push b", "0 d pop b", "0 g del b"), heardAfter("PUSH b x", "POP b"));
    }

    @Test
    void nothingIsHeardOfWhatStaysAsItIs() throws Exception {
        add("look", writing("look"), (context, args, reply) -> {
            context.keyspace().write(args.key(1), Bag.TYPE);
            context.keyspace().unchanged(args.key(1));
            reply.ok();
        });
        add("vain", writing("vain"), (context, args, reply) -> {
            context.keyspace().writeOrCreate(args.key(1), Bag.TYPE);
            reply.ok();
        });
        start();
        client.run("PUSH b x");
        assertEquals(List.of(), heardAfter("LOOK b", "GET none", "SIZE b", "DEL none", "POP none", "VAIN none"));
    }

    @Test
    void aHandlerNamesItsOwnEventsInItsOwnOrder() throws Exception {
        add("swap", writing("swap"), (context, args, reply) -> {
            Keyspace keyspace = context.keyspace();
            keyspace.put(args.key(1), TestString.TYPE, args.slice(0), context.nowMillis() + 5000);
            keyspace.delete(args.key(2));
            keyspace.event(args.key(2), KeyspaceEvent.Type.GENERIC, "swap_out");
            keyspace.event(args.key(1), KeyspaceEvent.Type.MODULE, "swap_in");
            reply.ok();
        });
        start();
        client.run("SET b v");
        assertEquals(List.of("0 g swap_out b", "0 d swap_in a", "0 g del b"), heardAfter("SWAP a b"));
    }

    @Test
    void whatAValueWasIsKnownWhenItIsGone() throws Exception {
        add("take", writing("take"), (context, args, reply) -> {
            context.keyspace().write(args.key(1), TestString.TYPE);
            context.keyspace().delete(args.key(1));
            reply.ok();
        });
        start();
        client.run("SET k v");
        assertEquals(List.of("0 $ take k", "0 g del k"), heardAfter("TAKE k"));
    }

    @Test
    void whatAFailingCommandChangedIsHeardOf() throws Exception {
        add("half", writing("half"), (context, args, reply) -> {
            context.keyspace().put(args.key(1), TestString.TYPE, args.slice(0), Keyspace.NO_EXPIRY);
            throw new CommandException("ERR half");
        });
        start();
        assertEquals(List.of("0 $ half k"), heardAfter("HALF k"));
    }

    @Test
    void expiryIsHeardOfWhoeverNoticesIt() throws Exception {
        start();
        client.run("SET a v PX 10");
        client.run("SET b v PX 10");
        engine.ticker.advanceMillis(20);
        assertEquals(List.of("0 x expired a"), heardAfter("GET a"));
        heard.clear();
        engine.engine().expireCycle();
        assertEquals(List.of("0 x expired b"), heard);
    }

    @Test
    void evictionIsHeardOf() throws Exception {
        engine.add(new RankedPolicy("first", new RankedPolicy.Ranks())).set("maxmemory-policy", "allkeys-first");
        start();
        client.run("SET a " + "x".repeat(1000));
        client.run("CONFIG SET maxmemory " + (engine.memoryBytes() - 500));
        assertEquals(List.of("0 e evicted a", "0 $ set b"), heardAfter("SET b v"));
    }

    @Test
    void aStoredKeyThatIsOverAtOnceIsHeardOfAsSuch() throws Exception {
        start();
        assertEquals(List.of("0 $ set k", "0 g expire k", "0 x expired k"), heardAfter("SET k v PX -5"));
    }

    @Test
    void aListenerThatThrowsHurtsNobodyAndIsCounted() throws Exception {
        start();
        KeyspaceListener good = recorder.listener;
        recorder.listener = event -> {
            throw new StackOverflowError("of the listener");
        };
        recorder.context.listen(good);
        heard.clear();
        assertEquals("+OK", client.run("SET k v"));
        assertEquals("'v'", client.run("GET k"));
        assertEquals(List.of("0 $ set k"), heard);
        assertEquals(1, engine.engine().plugins().installed().get(1).services().failedListeners());
    }

    @Test
    void aListenerCannotTouchTheKeyspace() throws Exception {
        CommandContext[] context = new CommandContext[1];
        Key[] key = new Key[1];
        List<Throwable> refused = new ArrayList<>();
        add("leak", writing("leak"), (given, args, reply) -> {
            context[0] = given;
            key[0] = args.key(1);
            given.keyspace().put(args.key(1), TestString.TYPE, args.slice(0), Keyspace.NO_EXPIRY);
            reply.ok();
        });
        start();
        recorder.listener = event -> {
            Keyspace keyspace = context[0].keyspace();
            refused.add(assertThrows(IllegalStateException.class, () -> keyspace.delete(key[0])));
            refused.add(assertThrows(IllegalStateException.class, () -> context[0].block(0, null)));
            refused.add(
                    assertThrows(IllegalStateException.class, () -> context[0].offload(() -> 1, (c, a, r, x) -> {})));
        };
        assertEquals("+OK", client.run("LEAK k"));
        assertEquals(3, refused.size());
        assertEquals("'LEAK'", client.run("GET k"));
    }

    @Test
    void aListenerMayPointTheKeyElsewhereWithoutHarm() throws Exception {
        start();
        KeyspaceListener good = recorder.listener;
        recorder.listener = event -> event.key().wrap(new byte[0], 0, 0);
        recorder.context.listen(good);
        assertEquals(List.of("0 $ set k"), heardAfter("SET k v"));
    }

    @Test
    void whoClosesHearsNoMore() throws Exception {
        start();
        assertEquals(1, heardAfter("SET k v").size());
        recorder.registration.close();
        recorder.registration.close();
        assertEquals(List.of(), heardAfter("SET k w"));
    }

    @Test
    void aPluginThatIsUnloadedHearsNoMore() throws Exception {
        start();
        engine.engine().plugins().unload("recorder");
        assertEquals(List.of(), heardAfter("SET k w"));
        assertThrows(IllegalStateException.class, () -> recorder.context.listen(event -> {}));
    }

    @Test
    void aPluginThatFailsToStartHearsNothing() throws Exception {
        start();
        List<String> wronglyHeard = new ArrayList<>();
        assertThrows(
                IllegalStateException.class,
                () -> engine.engine().install("broken", new Plugin() {
                    @Override
                    public void start(PluginContext context) {
                        context.listen(event -> wronglyHeard.add(event.name()));
                        throw new IllegalStateException("no");
                    }
                }));
        assertEquals(1, heardAfter("SET k v").size());
        assertTrue(wronglyHeard.isEmpty());
    }

    @Test
    void whatWasExpiredIsHeardOfBetweenWhatCameBeforeAndAfter() throws Exception {
        start();
        client.run("SET b v PX 10");
        engine.ticker.advanceMillis(20);
        assertEquals(
                List.of("0 $ mset a", "0 x expired b", "0 $ mset b", "0 $ mset c"), heardAfter("MSET a 1 b 2 c 3"));
    }
}

package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import io.miniredis.api.KeySpec.Access;
import io.miniredis.api.Keyspace;
import io.miniredis.api.Plugin;
import io.miniredis.api.PluginContext;
import io.miniredis.api.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands that call others. */
final class CallTest {
    private final TestEngine engine = TestEngine.create();
    private TestClient client;

    private TestClient start() throws Exception {
        command(
                CommandSpec.named("relay")
                        .arity(-4)
                        .write()
                        .keys(KeySpec.at(1, Access.RW, Access.UPDATE), KeySpec.at(2, Access.RO, Access.ACCESS)),
                (context, args, reply) -> reply.bulk(show(callFrom(3, context, args))));
        client = engine.start().connect();
        return client;
    }

    private void command(CommandSpec.Builder spec, TestCommand.Body body) {
        engine.add(TestCommand.of(spec, body));
    }

    private static CommandSpec.Builder writing(String name) {
        return CommandSpec.named(name).arity(-2).write().keys(KeySpec.at(1, Access.RW, Access.UPDATE));
    }

    private static Object callFrom(int first, CommandContext context, Args args) throws CommandException {
        Object[] rest = new Object[args.size() - first - 1];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = args.slice(first + 1 + i);
        }
        return context.call(args.utf8(first), rest);
    }

    private static String show(Object value) {
        return value instanceof byte[] bytes ? "'" + new String(bytes, UTF_8) + "'" : String.valueOf(value);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aCommandIsCalledWithDeclaredKeys() throws Exception {
        start();
        assertEquals("'OK'", client.run("RELAY a b set a v"));
        assertEquals("''v''", client.run("RELAY a b get a"));
        assertEquals("'null'", client.run("RELAY a b GET b"));
        assertEquals("'2'", client.run("RELAY l b push l x y"));
        assertEquals("'bag'", client.run("RELAY l b type l"));
    }

    @Test
    void whatTheCallerHasNotDeclaredIsRefused() throws Exception {
        start();
        client.run("SET c v");
        assertEquals(
                "-ERR 'get' was called by 'relay' with the key 'c', which 'relay' does not declare",
                client.run("RELAY a b get c"));
        assertEquals(
                "-ERR 'set' was called by 'relay' with the key 'b', which 'relay' declares as read-only",
                client.run("RELAY a b set b w"));
        assertEquals(
                "-ERR 'mset' was called by 'relay' with the key 'c', which 'relay' does not declare",
                client.run("RELAY a b mset a 1 c 2"));
        assertEquals("nil", client.run("GET a"));
        assertEquals("nil", client.run("GET b"));
    }

    @Test
    void aKeyThatIsDeclaredTwiceMayBeUsedEitherWay() throws Exception {
        start();
        assertEquals("'OK'", client.run("RELAY a a set a v"));
    }

    @Test
    void commandsThatReachFurtherAreRefused() throws Exception {
        start();
        for (String name : List.of(
                "multi",
                "exec",
                "watch a",
                "keys *",
                "flushall",
                "select 1",
                "swapdb 0 1",
                "config get port",
                "info",
                "module list",
                "shutdown",
                "debug sleep 0",
                "client id",
                "sort a",
                "randomkey",
                "hello",
                "quit")) {
            assertTrue(
                    client.run("RELAY a b " + name).endsWith("cannot be called by another command"),
                    name + ": " + client.run("RELAY a b " + name));
        }
        assertEquals("0", client.run("DBSIZE"));
    }

    @Test
    void errorsAreThoseOfTheCalledCommand() throws Exception {
        start();
        assertEquals("-ERR unknown command 'nosuch', with args beginning with: 'a' ", client.run("RELAY a b nosuch a"));
        assertEquals("-ERR wrong number of arguments for 'get' command", client.run("RELAY a b get"));
        assertTrue(client.run("RELAY a b object nosuch a").startsWith("-ERR unknown subcommand 'nosuch'"));
        client.run("PUSH a x");
        assertTrue(client.run("RELAY a b get a").startsWith("-WRONGTYPE"));
    }

    @Test
    void aCallerMayCatchAnErrorAndGoOn() throws Exception {
        command(writing("try"), (context, args, reply) -> {
            CommandException e = assertThrows(CommandException.class, () -> context.call("get", args.key(1)));
            context.keyspace().delete(args.key(1));
            reply.simple(e.getMessage().substring(0, 9));
        });
        start();
        client.run("PUSH a x");
        assertEquals("+WRONGTYPE", client.run("TRY a"));
        assertEquals("0", client.run("DBSIZE"));
    }

    @Test
    void repliesAreValues() throws Exception {
        List<Object> results = new ArrayList<>();
        command(CommandSpec.named("various").arity(1), (context, args, reply) -> {
            reply.array(9);
            reply.ok();
            reply.integer(42);
            reply.bulk("b");
            reply.nil();
            reply.bool(true);
            reply.real(1.5);
            reply.map(2);
            reply.bulk("k");
            reply.set(1);
            reply.bulkInteger(7);
            reply.bulk("empty");
            reply.array(0);
            reply.error("ERR inside");
            Reply.Scope scope = reply.array();
            reply.simple("in");
            scope.close();
        });
        command(CommandSpec.named("ask").arity(1), (context, args, reply) -> {
            results.addAll((List<?>) context.call("various"));
            reply.ok();
        });
        start();
        assertEquals("+OK", client.run("ASK"));
        assertEquals(
                "[OK, 42, 'b', null, true, 1.5, {k=['7'], empty=[]}, error ERR inside, [in]]",
                results.stream().map(CallTest::deep).toList().toString());
    }

    private static String deep(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(CallTest::deep).toList().toString();
        }
        if (value instanceof java.util.Map<?, ?> map) {
            List<String> pairs = new ArrayList<>();
            map.forEach((key, each) -> pairs.add(key + "=" + deep(each)));
            return "{" + String.join(", ", pairs) + "}";
        }
        return value instanceof CommandException e ? "error " + e.getMessage() : show(value);
    }

    @Test
    void argumentsAreOfSeveralClasses() throws Exception {
        command(writing("store"), (context, args, reply) -> {
            Key key = args.key(1);
            List<String> stored = new ArrayList<>();
            for (Object value : new Object[] {new byte[] {'b'}, "\u00fc", 17, -5L, 1.5, args.slice(1), key}) {
                context.call("set", key, value);
                stored.add(new String((byte[]) context.call("get", key), UTF_8));
            }
            assertEquals(List.of("b", "\u00fc", "17", "-5", "1.5", "k", "k"), stored);
            reply.bulk((byte[]) context.call("get", key));
        });
        command(writing("wrong"), (context, args, reply) -> context.call("set", args.key(1), (Object) null));
        start();
        assertEquals("'k'", client.run("STORE k"));
        assertTrue(client.run("WRONG k").contains("IllegalArgumentException"));
        assertEquals("'k'", client.run("GET k"));
    }

    @Test
    void theCallersKeysArgumentsAndScratchStayAsTheyWere() throws Exception {
        command(writing("around"), (context, args, reply) -> {
            Key key = args.key(1);
            byte[] scratch = context.scratch(8);
            Arrays.fill(scratch, (byte) 7);
            context.keyspace().put(key, TestString.TYPE, args.slice(2), Keyspace.NO_EXPIRY);
            context.call("scribble", key);
            for (int i = 0; i < 8; i++) {
                assertEquals(7, scratch[i]);
            }
            assertEquals("v", args.utf8(2));
            reply.bulk(context.keyspace().read(key, TestString.TYPE));
        });
        command(writing("scribble"), (context, args, reply) -> {
            Arrays.fill(context.scratch(100), (byte) 9);
            context.keyspace().put(args.key(1), TestString.TYPE, args.slice(0), Keyspace.NO_EXPIRY);
            reply.ok();
        });
        start();
        assertEquals("'scribble'", client.run("AROUND k v"));
    }

    @Test
    void theCalledCommandsKeysAreOfNoUseAfterwards() throws Exception {
        Key[] kept = new Key[1];
        command(writing("keep"), (context, args, reply) -> {
            kept[0] = args.key(1);
            reply.ok();
        });
        command(writing("outer"), (context, args, reply) -> {
            context.call("keep", args.key(1));
            assertThrows(IllegalStateException.class, () -> context.keyspace().delete(kept[0]));
            reply.ok();
        });
        start();
        assertEquals(List.of("+OK", "0"), client.pipeline("OUTER k", "DBSIZE"));
    }

    @Test
    void whatTheCallerIsChangingIsSettledForTheCalledCommand() throws Exception {
        command(writing("grow"), (context, args, reply) -> {
            Bag bag = context.keyspace().writeOrCreate(args.key(1), Bag.TYPE);
            bag.push(new byte[1000]);
            long size = (Long) context.call("push", args.key(1), "x");
            bag.push(new byte[1000]);
            reply.integer(size);
        });
        command(writing("drain"), (context, args, reply) -> {
            Bag bag = context.keyspace().write(args.key(1), Bag.TYPE);
            while (bag.size() > 0) {
                bag.pop();
            }
            reply.integer((Long) context.call("exists", args.key(1)));
        });
        start();
        assertEquals("2", client.run("GROW k"));
        assertEquals("3", client.run("SIZE k"));
        assertEquals(engine.measuredBytes(), engine.memoryBytes());
        assertEquals("0", client.run("DRAIN k"));
        assertEquals(engine.measuredBytes(), engine.memoryBytes());
        assertEquals("0", client.run("DBSIZE"));
    }

    @Test
    void whatTheCallerIsAboutToFillIsNotTakenFromIt() throws Exception {
        command(
                CommandSpec.named("late").arity(3).write().keys(KeySpec.range(1, 2, 1, Access.RW, Access.UPDATE)),
                (context, args, reply) -> {
                    Bag bag = context.keyspace().writeOrCreate(args.key(1), Bag.TYPE);
                    context.call("set", args.key(2), "v");
                    bag.push(new byte[3]);
                    reply.ok();
                });
        start();
        assertEquals("+OK", client.run("LATE a b"));
        assertEquals("1", client.run("SIZE a"));
        assertEquals(engine.measuredBytes(), engine.memoryBytes());
    }

    @Test
    void aValueThatTheCalledCommandReplacesIsNotSettledAgain() throws Exception {
        command(writing("lose"), (context, args, reply) -> {
            Bag bag = context.keyspace().writeOrCreate(args.key(1), Bag.TYPE);
            bag.push(new byte[100]);
            context.call("set", args.key(1), "v");
            bag.push(new byte[100]);
            reply.ok();
        });
        start();
        assertEquals("+OK", client.run("LOSE k"));
        assertEquals("'v'", client.run("GET k"));
        assertEquals(engine.measuredBytes(), engine.memoryBytes());
    }

    @Test
    void eventsAndWatchesKnowOfCalledCommands() throws Exception {
        List<String> heard = new ArrayList<>();
        command(writing("both"), (context, args, reply) -> {
            context.keyspace().put(args.key(1), TestString.TYPE, args.slice(0), Keyspace.NO_EXPIRY);
            context.call("set", args.key(1), "v");
            context.keyspace().delete(args.key(1));
            reply.ok();
        });
        start();
        engine.engine().install("ear", new Plugin() {
            @Override
            public void start(PluginContext context) {
                context.listen(event -> heard.add(event.name() + " " + event.key()));
            }
        });
        TestClient watcher = engine.connect();
        watcher.pipeline("WATCH k", "MULTI", "PING");
        client.run("RELAY k b set k v");
        assertEquals("nil-array", watcher.run("EXEC"));
        heard.clear();
        client.run("BOTH k");
        assertEquals(List.of("both k", "set k", "del k"), heard);
    }

    @Test
    void aClientThatWaitsIsServedAfterTheCaller() throws Exception {
        engine.add(TestCommand.of(writing("await"), (context, args, reply) -> {
            Bag bag = context.keyspace().write(args.key(1), Bag.TYPE);
            if (bag != null) {
                reply.bulk(bag.pop());
            } else if (!context.block(0, Bag.TYPE, args.key(1))) {
                reply.simple("at once");
            }
        }));
        start();
        assertEquals("'at once'", client.run("RELAY k b await k"));
        TestClient waiting = engine.connect();
        assertEquals(List.of(), waiting.pipeline("AWAIT k"));
        assertEquals("'2'", client.run("RELAY k b push k x y"));
        waiting.session.resume(waiting.replies);
        assertEquals(List.of("'y'"), waiting.replies.take());
        assertEquals("1", client.run("SIZE k"));
    }

    @Test
    void callsAreCountedAndTimedAmongThoseOfTheCalledCommand() throws Exception {
        start();
        client.run("RELAY k b set k v");
        client.run("RELAY k b get");
        String stats = client.run("INFO commandstats");
        assertTrue(stats.contains("cmdstat_set:calls=1,"), stats);
        assertTrue(stats.contains("cmdstat_relay:calls=2,"), stats);
    }

    @Test
    void recursionEnds() throws Exception {
        command(
                CommandSpec.named("again").arity(1),
                (context, args, reply) -> reply.integer((Long) context.call("again")));
        start();
        assertEquals("-ERR commands call each other more than 16 deep", client.run("AGAIN"));
        assertEquals("+PONG", client.run("PING"));
    }

    @Test
    void whatGoesWrongInACalledCommandIsAnErrorOfIts() throws Exception {
        command(CommandSpec.named("bomb").arity(1), (context, args, reply) -> {
            throw new StackOverflowError();
        });
        command(CommandSpec.named("short").arity(1), (context, args, reply) -> reply.array(2));
        command(
                CommandSpec.named("aside").arity(1),
                (context, args, reply) -> context.offload(() -> 1, (later, again, answer, one) -> answer.integer(one)));
        start();
        try (LogCapture log = new LogCapture()) {
            assertEquals(
                    "-ERR internal error in 'bomb' of test: java.lang.StackOverflowError",
                    client.run("RELAY a b bomb"));
            assertEquals("-ERR internal error in 'short' of test: incomplete reply", client.run("RELAY a b short"));
            assertEquals(2, log.errors().size());
        }
        assertEquals(
                "-ERR 'aside' offloads work, so it cannot be called by another command", client.run("RELAY a b aside"));
        assertEquals("+PONG", client.run("PING"));
    }

    @Test
    void aCalledCommandNeedsMemoryToo() throws Exception {
        start();
        client.run("CONFIG SET maxmemory 1");
        assertTrue(client.run("RELAY a b set a v").startsWith("-OOM"));
        assertEquals("0", client.run("DBSIZE"));
    }

    @Test
    void insideATransactionCallsWorkAsEver() throws Exception {
        start();
        List<String> replies = client.pipeline("MULTI", "RELAY a b set a v", "RELAY a b get a", "EXEC");
        assertEquals(List.of("*2", "'OK'", "''v''"), replies.subList(3, replies.size()));
    }

    @Test
    void onlyTheRunningCommandCallsAndOnItsOwnThread() throws Exception {
        CommandContext[] kept = new CommandContext[1];
        command(CommandSpec.named("leak").arity(1), (context, args, reply) -> {
            kept[0] = context;
            FutureTask<Object> elsewhere = new FutureTask<>(() -> context.call("leak"));
            Thread thread = new Thread(elsewhere);
            thread.start();
            Exception e = assertThrows(Exception.class, elsewhere::get);
            reply.simple(e.getCause().getClass().getSimpleName());
        });
        start();
        assertEquals("+IllegalStateException", client.run("LEAK"));
        assertThrows(IllegalStateException.class, () -> kept[0].call("leak"));
    }

    @Test
    void locksAreThoseOfTheCallerOnSeveralShards() throws Exception {
        engine.set("io-threads", "2");
        start();
        for (int i = 0; i < 100; i++) {
            assertEquals("'OK'", client.run("RELAY a" + i + " b" + i + " set a" + i + " v"));
            assertEquals("'null'", client.run("RELAY a" + i + " b" + i + " get b" + i));
        }
        assertEquals("100", client.run("DBSIZE"));
    }
}

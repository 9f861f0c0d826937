package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.Args;
import io.miniredis.api.BytesType;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import io.miniredis.api.KeySpec.Access;
import io.miniredis.api.Keyspace;
import io.miniredis.api.Plugin;
import io.miniredis.api.Reply;
import io.miniredis.testkit.OtherType;
import io.miniredis.testkit.TestClient;
import io.miniredis.testkit.TestServer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What plugins may get wrong, seen by real encoders and decoders: it costs one clean error, and neither the connection nor the server nor
 * a key that was not declared.
 */
final class MisbehavingPluginIT {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final BytesType OTHER = new OtherType();

    private final TestServer server = TestServer.start();
    private final TestClient client = server.connect();
    private final List<CommandHandler> commands = new ArrayList<>();

    /** Something a handler does. */
    private interface Body {
        void execute(CommandContext context, Args args, Reply reply) throws CommandException;
    }

    private void command(CommandSpec.Builder spec, Body body) {
        CommandSpec built = spec.build();
        commands.add(new CommandHandler() {
            @Override
            public CommandSpec spec() {
                return built;
            }

            @Override
            public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
                body.execute(context, args, reply);
            }
        });
    }

    private static CommandSpec.Builder rogue() {
        return CommandSpec.named("rogue");
    }

    private static CommandSpec.Builder rogue(Access access) {
        return rogue().arity(-2).keys(KeySpec.at(1, access, Access.ACCESS));
    }

    private void install() {
        server.install("bad.plugin", new Plugin() {
            @Override
            public Collection<CommandHandler> commands() {
                return commands;
            }
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String internalError(String what) {
        return "-ERR internal error in 'rogue' of bad.plugin: " + what;
    }

    // ---- replies ----

    static Stream<Arguments> wrongReplies() {
        return Stream.of(
                reply("nothing", reply -> {}),
                reply("two values", reply -> {
                    reply.ok();
                    reply.ok();
                }),
                reply("a short array", reply -> {
                    reply.array(3);
                    reply.integer(1);
                }),
                reply("a long array", reply -> {
                    reply.array(1);
                    reply.integer(1);
                    reply.integer(2);
                }),
                reply("a short map", reply -> {
                    reply.map(2);
                    reply.bulk("k");
                    reply.bulk("v");
                    reply.bulk("k");
                }),
                reply("a long map", reply -> {
                    reply.map(1);
                    reply.bulk("k");
                    reply.bulk("v");
                    reply.bulk("k");
                }),
                reply("a short set in a full array", reply -> {
                    reply.array(1);
                    reply.set(2);
                    reply.bulk("a");
                }),
                reply("a scope that is not closed", reply -> {
                    reply.array();
                    reply.integer(1);
                }),
                reply("a scope that is closed within another array", reply -> {
                    Reply.Scope scope = reply.array();
                    reply.array(2);
                    reply.integer(1);
                    scope.close();
                }),
                reply("an array of a negative size", reply -> reply.array(-5)));
    }

    /** What a handler writes. */
    private interface Writes {
        void to(Reply reply);
    }

    private static Arguments reply(String name, Writes writes) {
        return Arguments.of(name, writes);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongReplies")
    void aWrongReplyIsOneErrorAndTheStreamStaysInStep(String name, Writes writes) {
        command(rogue(), (context, args, reply) -> writes.to(reply));
        install();
        for (TestClient each : List.of(client, server.connect().resp3())) {
            List<String> replies = each.pipeline("PING", "ROGUE", "ECHO a", "ROGUE", "ECHO b");
            assertEquals(5, replies.size(), replies::toString);
            assertEquals("+PONG", replies.get(0));
            assertTrue(replies.get(1).startsWith("-ERR internal error in 'rogue' of bad.plugin: "), replies::toString);
            assertEquals("'a'", replies.get(2));
            assertEquals(replies.get(1), replies.get(3));
            assertEquals("'b'", replies.get(4));

            String transaction =
                    each.pipeline("MULTI", "SET k 1", "ROGUE", "INCR k", "EXEC").get(4);
            assertTrue(transaction.startsWith("[+OK, -ERR internal error in 'rogue' of bad.plugin: "), transaction);
            assertTrue(transaction.endsWith(", 2]"), transaction);
        }
    }

    static Stream<Throwable> bugs() {
        return Stream.of(
                new IllegalStateException("x"),
                new StackOverflowError(),
                new OutOfMemoryError("no more"),
                new AssertionError("never"),
                new ThreadDeath(),
                new ExceptionInInitializerError("static"));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void whatAHandlerThrowsLeavesNoHalfReply(Throwable bug) {
        command(rogue(), (context, args, reply) -> {
            reply.array(3);
            reply.bulk("half");
            sneak(bug);
        });
        install();
        assertEquals(
                List.of("+PONG", internalError(bug.getClass().getName()), "+PONG"),
                client.pipeline("PING", "ROGUE", "PING"));
        assertEquals(
                "[" + internalError(bug.getClass().getName()) + ", +PONG]",
                client.pipeline("MULTI", "ROGUE", "PING", "EXEC").get(3));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable bug) throws T {
        throw (T) bug;
    }

    @Test
    void endlessRecursionEndsInAnError() {
        command(rogue(), (context, args, reply) -> reply.integer(deeper(1)));
        install();
        assertEquals(List.of(internalError("java.lang.StackOverflowError"), "+PONG"), client.pipeline("ROGUE", "PING"));
    }

    @SuppressWarnings("InfiniteRecursion")
    private static long deeper(long depth) {
        return deeper(depth + 1) + depth;
    }

    // ---- keys ----

    @Test
    void anUndeclaredKeyCannotBeTouched() {
        command(rogue(Access.RW), (context, args, reply) -> {
            context.keyspace().delete(args.key(2));
            reply.ok();
        });
        install();
        client.send("SET", "b", "v");
        assertEquals(internalError("java.lang.IllegalArgumentException"), client.send("ROGUE", "a", "b"));
        assertEquals("'v'", client.send("GET", "b"));
    }

    @Test
    void aKeyThatIsDeclaredAsReadOnlyCannotBeChanged() {
        List<Throwable> refused = new ArrayList<>();
        command(rogue(Access.RO), (context, args, reply) -> {
            Keyspace keyspace = context.keyspace();
            Key key = args.key(1);
            refuse(refused, () -> keyspace.delete(key));
            refuse(refused, () -> keyspace.put(key, OTHER, args.slice(1), Keyspace.NO_EXPIRY));
            refuse(refused, () -> keyspace.write(key, OTHER));
            refuse(refused, () -> keyspace.writeOrCreate(key, OTHER));
            refuse(refused, () -> keyspace.grow(key, OTHER, 10));
            refuse(refused, () -> keyspace.expireAt(key, 1));
            refuse(refused, () -> keyspace.note(key, 1));
            reply.ok();
        });
        install();
        client.send("SET", "k", "v");
        assertEquals("+OK", client.send("ROGUE", "k"));
        assertEquals(7, refused.size());
        assertTrue(refused.stream().allMatch(IllegalStateException.class::isInstance), refused::toString);
        assertEquals(List.of("'v'", "-1"), client.pipeline("GET k", "TTL k"));
    }

    /** Something that must fail. */
    private interface Refused {
        void run() throws CommandException;
    }

    private static void refuse(List<Throwable> refused, Refused attempt) {
        try {
            attempt.run();
        } catch (Exception e) {
            refused.add(e);
        }
    }

    /** The object may stand for a key of the running command by then, but never for one that this has not declared. */
    @Test
    void aKeyThatWasKeptLeadsToNothingThatIsNotDeclared() {
        AtomicReference<Key> kept = new AtomicReference<>();
        command(rogue(Access.RW), (context, args, reply) -> {
            kept.compareAndSet(null, args.key(1));
            reply.ok();
        });
        command(
                CommandSpec.named("thief").arity(-1).keys(KeySpec.range(1, -1, 1, Access.RW)),
                (context, args, reply) -> {
                    context.keyspace().delete(kept.get());
                    reply.ok();
                });
        install();
        client.send("SET", "a", "v");
        assertEquals("+OK", client.send("ROGUE", "a"));
        String refused = "-ERR internal error in 'thief' of bad.plugin: java.lang.IllegalStateException";
        assertEquals(refused, client.send("THIEF"));
        assertEquals(
                "[" + refused + "]", client.pipeline("MULTI", "THIEF", "EXEC").get(2));
        client.send("THIEF", "b");
        server.connect().send("THIEF", "b");
        assertEquals("'v'", client.send("GET", "a"));
    }

    @Test
    void aKeyOfAnotherThreadsCommandIsOfNoUse() throws Exception {
        AtomicReference<Key> kept = new AtomicReference<>();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        command(rogue(Access.RW), (context, args, reply) -> {
            kept.set(args.key(1));
            running.countDown();
            await(mayEnd);
            reply.ok();
        });
        command(CommandSpec.named("thief"), (context, args, reply) -> {
            context.keyspace().delete(kept.get());
            reply.ok();
        });
        install();
        client.send("SET", "a", "v");
        AtomicReference<String> answer = new AtomicReference<>();
        Thread thread = new Thread(() -> answer.set(server.connect().send("ROGUE", "a")));
        thread.start();
        await(running);
        String refused = client.send("THIEF"); // while the other command runs and holds the lock of its key
        mayEnd.countDown();
        thread.join();
        assertEquals("+OK", answer.get());
        assertEquals("-ERR internal error in 'thief' of bad.plugin: java.lang.IllegalStateException", refused);
        assertEquals("'v'", client.send("GET", "a"));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(LIMIT_NANOS, TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- work that is offloaded ----

    private static String received(TestClient client) {
        long end = System.nanoTime() + LIMIT_NANOS;
        String reply = client.receive();
        while (reply.equals(TestClient.WAITING) && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
            reply = client.receive();
        }
        return reply;
    }

    @Test
    void workThatThrowsIsOneError() {
        command(
                rogue(),
                (context, args, reply) -> context.offload(
                        () -> {
                            throw new OutOfMemoryError("of the work");
                        },
                        (later, again, answer, nothing) -> answer.ok()));
        command(
                CommandSpec.named("refusing"),
                (context, args, reply) -> context.offload(
                        () -> {
                            throw new CommandException("ERR not today");
                        },
                        (later, again, answer, nothing) -> answer.ok()));
        install();
        client.send("ROGUE");
        assertEquals(internalError("java.lang.OutOfMemoryError"), received(client));
        client.send("REFUSING");
        assertEquals("-ERR not today", received(client));
        assertEquals("+PONG", client.send("PING"));
    }

    @Test
    void aContinuationThatFailsIsOneError() {
        command(
                rogue(),
                (context, args, reply) -> context.offload(() -> args.size(), (later, again, answer, size) -> {
                    answer.array(2);
                    if (again.size() > 1) {
                        throw new IllegalStateException("of the continuation");
                    }
                }));
        install();
        client.send("ROGUE");
        assertEquals(internalError("incomplete reply"), received(client));
        client.send("ROGUE", "x");
        assertEquals(internalError("java.lang.IllegalStateException"), received(client));
        assertEquals("+PONG", client.send("PING"));
    }

    @Test
    void aReplyBesideOffloadedWorkIsWithdrawn() {
        command(rogue(), (context, args, reply) -> {
            context.offload(() -> 1, (later, again, answer, one) -> answer.integer(one));
            reply.array(7);
        });
        install();
        client.send("ROGUE");
        assertEquals("1", received(client));
        assertEquals("+PONG", client.send("PING"));
    }

    @Test
    void insideATransactionNothingIsOffloaded() {
        command(
                rogue(),
                (context, args, reply) -> context.offload(() -> 1, (later, again, answer, one) -> answer.integer(one)));
        install();
        assertEquals(
                "[-ERR Blocking module command called from transaction, +PONG]",
                client.pipeline("MULTI", "ROGUE", "PING", "EXEC").get(3));
    }

    @Test
    void aClientThatLeavesLeavesItsWorkAndNothingElse() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        command(
                rogue(Access.RW),
                (context, args, reply) -> context.offload(
                        () -> {
                            begun.countDown();
                            await(mayEnd);
                            ended.countDown();
                            return 1;
                        },
                        (later, again, answer, one) -> {
                            later.keyspace().put(again.key(1), OTHER, again.slice(1), Keyspace.NO_EXPIRY);
                            answer.integer(one);
                        }));
        install();
        TestClient leaving = server.connect();
        assertEquals(TestClient.WAITING, leaving.send("ROGUE", "k"));
        await(begun);
        assertTrue(client.send("INFO", "clients").contains("blocked_clients:1"));
        leaving.close();
        assertTrue(client.send("INFO", "clients").contains("blocked_clients:0"));
        mayEnd.countDown();
        await(ended);
        assertEquals("0", client.send("EXISTS", "k"));
        assertEquals("+PONG", client.send("PING"));
    }

    @Test
    void workThatNeverEndsKeepsNobodyElse() {
        CountDownLatch never = new CountDownLatch(1);
        command(
                rogue(Access.RW),
                (context, args, reply) -> context.offload(
                        () -> {
                            await(never);
                            return 1;
                        },
                        (later, again, answer, one) -> answer.integer(one)));
        install();
        TestClient waiting = server.connect();
        assertEquals(TestClient.WAITING, waiting.send("ROGUE", "k"));
        assertEquals(List.of("+OK", "'v'"), client.pipeline("SET k v", "GET k"));
        assertEquals("-ERR", client.send("CLIENT", "UNBLOCK", "x").substring(0, 4));
        assertEquals(TestClient.WAITING, waiting.receive());
        never.countDown();
        assertEquals("1", received(waiting));
    }

    @Test
    void moreWorkThanThereIsRoomForIsRefusedAtOnce() {
        CountDownLatch mayEnd = new CountDownLatch(1);
        command(
                rogue(),
                (context, args, reply) -> context.offload(
                        () -> {
                            await(mayEnd);
                            return 1;
                        },
                        (later, again, answer, one) -> answer.integer(one)));
        install();
        List<TestClient> waiting = new ArrayList<>();
        TestClient next = server.connect();
        String reply = next.send("ROGUE");
        while (reply.equals(TestClient.WAITING)) {
            waiting.add(next);
            assertTrue(waiting.size() < 5000, "there is always room");
            next = server.connect();
            reply = next.send("ROGUE");
        }
        assertEquals("-ERR too much of 'rogue' of bad.plugin waits to be done already", reply);
        assertEquals(List.of("+PONG", reply), next.pipeline("PING", "ROGUE"));
        mayEnd.countDown();
        for (TestClient each : waiting) {
            assertEquals("1", received(each));
        }
    }

    @Test
    void whatAContinuationPutsThereServesWhoWaitsForIt() {
        command(
                rogue(Access.RW),
                (context, args, reply) -> context.offload(
                        () -> "later",
                        (later, again, answer, text) ->
                                answer.integer((Long) later.call("rpush", again.key(1), text))));
        install();
        TestClient waiting = server.connect();
        assertEquals(TestClient.WAITING, waiting.send("BLPOP", "k", "0"));
        client.send("ROGUE", "k");
        assertEquals("1", received(client));
        assertEquals("['k', 'later']", waiting.receive());
    }
}

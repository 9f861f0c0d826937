package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.CommandException;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A command's way through the engine: found, checked, run, answered once. */
final class WorkerTest {
    private final TestEngine engine = TestEngine.create();
    private TestClient client;

    @AfterEach
    void close() {
        engine.close();
    }

    private TestClient client() {
        client = engine.start().connect();
        return client;
    }

    /** Starts an engine with one more command, {@code test}, that takes any arguments. */
    private TestClient clientWith(TestCommand.Body body) {
        engine.add(TestCommand.of(CommandSpec.named("test"), body));
        return client();
    }

    private CommandStats stats(String command) {
        byte[] name = command.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return engine.engine().statsSinceReset(engine.engine().commands().find(name, 0, name.length));
    }

    @Test
    void commandsAreKnownInAnyCase() {
        client();
        assertEquals("+PONG", client.run("ping"));
        assertEquals("+PONG", client.run("PING"));
        assertEquals("+PONG", client.run("pInG"));
        assertEquals("{'save': ''}", client.run("cOnFiG gEt save"));
    }

    /** The answers are those of a real Redis 7.0.15 to the same bytes. */
    static Stream<Arguments> unknownCommands() {
        String y = "y".repeat(200);
        return Stream.of(
                unknown("'foo', with args beginning with: ", "foo"),
                unknown("'FoO', with args beginning with: 'a' 'b' ", "FoO", "a", "b"),
                unknown("'foo', with args beginning with: '' ", "foo", ""),
                unknown("'', with args beginning with: 'x' ", "", "x"),
                unknown("'foo', with args beginning with: 'a' 'c' ", "foo", "a\0b", "c"),
                unknown("'f', with args beginning with: 'a' ", "f\0oo", "a"),
                unknown("'fo  o', with args beginning with: 'a b' ", "fo\r\no", "a\nb"),
                unknown("'f\u00ffo', with args beginning with: '\u0080\u00e9' ", "f\u00ffo", "\u0080\u00e9"),
                unknown("'" + "x".repeat(128) + "', with args beginning with: 'y' ", "x".repeat(200), "y"),
                unknown("'foo', with args beginning with: '" + "y".repeat(128) + "' ", "foo", y, "z"),
                unknown("'foo', with args beginning with: '" + "y".repeat(126) + "' ", "foo", "y".repeat(126), "z"),
                unknown("'foo', with args beginning with: '" + "y".repeat(125) + "' ", "foo", "y".repeat(125), "z"),
                unknown(
                        "'foo', with args beginning with: '" + "y".repeat(100) + "' '" + "z".repeat(25) + "' ",
                        "foo",
                        "y".repeat(100),
                        "z".repeat(100)),
                unknown(
                        "'foo', with args beginning with: " + "'ab' ".repeat(26),
                        Stream.concat(
                                        Stream.of("foo"),
                                        Stream.generate(() -> "ab").limit(60))
                                .toArray(String[]::new)),
                unknown("'config|get', with args beginning with: 'save' ", "config|get", "save"),
                unknown("'GETX', with args beginning with: ", "GETX"),
                unknown("'GE', with args beginning with: ", "GE"));
    }

    private static Arguments unknown(String text, String... request) {
        return Arguments.of("-ERR unknown command " + text, request);
    }

    @ParameterizedTest
    @MethodSource("unknownCommands")
    void anUnknownCommandIsQuoted(String reply, String[] request) {
        assertEquals(reply, client().send(request));
        assertEquals("+PONG", client.run("PING"));
    }

    /** As above. */
    static Stream<Arguments> unknownSubcommands() {
        return Stream.of(
                Arguments.of("gEtt", "gEtt"),
                Arguments.of("", ""),
                Arguments.of("a", "a\0b"),
                Arguments.of("\u00ff ", "\u00ff\n"),
                Arguments.of("x".repeat(128), "x".repeat(200)),
                // Lower case of the Kelvin sign is an ASCII k, but Redis folds ASCII only.
                Arguments.of("get\u00e2\u0084\u00aaeys", "get\u00e2\u0084\u00aaeys"));
    }

    @ParameterizedTest
    @MethodSource("unknownSubcommands")
    void anUnknownSubcommandIsQuoted(String quoted, String subcommand) {
        assertEquals(
                "-ERR unknown subcommand '" + quoted + "'. Try COMMAND HELP.",
                client().send("cOmmand", subcommand, "x", "y"));
    }

    @Test
    void aSubcommandIsNotACommandEvenRightAfterItRan() {
        assertEquals(
                List.of(
                        "{'save': ''}",
                        "-ERR unknown command 'config|get', with args beginning with: 'x' 'save' ",
                        "{'save': ''}"),
                client().pipeline("CONFIG GET save", "config|get x save", "CONFIG GET save"));
    }

    @Test
    void wrongArityIsRefused() {
        client();
        assertEquals("-ERR wrong number of arguments for 'get' command", client.run("GET"));
        assertEquals("-ERR wrong number of arguments for 'get' command", client.run("GET a b"));
        assertEquals("-ERR wrong number of arguments for 'set' command", client.run("SET a"));
        assertEquals("-ERR wrong number of arguments for 'client|setname' command", client.run("client SETNAME"));
        assertEquals("-ERR wrong number of arguments for 'client' command", client.run("CLIENT"));
        assertEquals(2, stats("get").rejected);
        assertEquals(0, stats("get").calls);
    }

    @Test
    void checksComeInRedissOrder() {
        engine.set("maxmemory", "1");
        client();
        assertTrue(client.run("SETT k v").startsWith("-ERR unknown command"));
        assertEquals("-ERR wrong number of arguments for 'set' command", client.run("SET k"));
        assertEquals("-OOM command not allowed when used memory > 'maxmemory'.", client.run("SET k v PX nonsense"));
        assertEquals("nil", client.run("GET k"));
        assertEquals(2, stats("set").rejected);
    }

    @Test
    void everyErrorIsCountedByItsCode() {
        client();
        client.run("SET k v");
        client.run("POP k");
        client.run("POP k");
        client.run("nonsense");
        client.run("GET");
        String info = client.run("INFO all");
        assertTrue(info.contains("\r\ntotal_error_replies:4\r\n"), info);
        assertTrue(info.contains("\r\nerrorstat_ERR:count=2\r\nerrorstat_WRONGTYPE:count=2\r\n"), info);
        assertTrue(
                info.contains("cmdstat_pop:calls=2,usec=0,usec_per_call=0.00,rejected_calls=0,failed_calls=2"), info);
        assertTrue(
                info.contains("cmdstat_get:calls=0,usec=0,usec_per_call=0.00,rejected_calls=1,failed_calls=0"), info);
    }

    @Test
    void errorsOfManyKindsTakeNoMoreThanThoseOfSome() {
        TestClient client = clientWith((context, args, reply) -> {
            throw new CommandException(args.utf8(1));
        });
        for (int i = 1; i <= 1000; i++) {
            client.run("TEST CODE" + i);
        }
        client.run("TEST CODE1");
        String info = client.run("INFO errorstats");
        assertEquals(
                129, info.lines().filter(line -> line.startsWith("errorstat_")).count(), info);
        assertTrue(info.contains("\r\nerrorstat_CODE1:count=2\r\n"), info);
        assertTrue(info.contains("\r\nerrorstat_CODE128:count=1\r\n"), info);
        assertTrue(info.contains("\r\nerrorstat_OTHER:count=872\r\n"), info);
    }

    static List<Throwable> bugs() {
        return List.of(
                new IllegalStateException("oops"),
                new NoClassDefFoundError("demo.Missing"),
                new AssertionError("not reached"),
                new StackOverflowError(),
                new Error("not written yet"),
                new IOException("undeclared"));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void aHandlerThatFailsAnswersOneErrorThatNamesIt(Throwable bug) {
        clientWith((context, args, reply) -> {
            reply.array(3);
            reply.integer(1);
            Sneaky.sneak(bug);
        });
        try (LogCapture log = new LogCapture()) {
            assertEquals(
                    List.of(
                            "+PONG",
                            "-ERR internal error in 'test' of test: "
                                    + bug.getClass().getName(),
                            "+PONG"),
                    client.pipeline("PING", "TEST", "PING"));
            assertEquals(List.of("test of test failed"), log.errors());
            assertEquals(List.of(bug.getClass().getName()), log.thrown());
        }
        assertEquals(1, stats("test").failed);
        assertEquals(1, stats("test").calls);
    }

    @Test
    void aRefusalReplacesWhatWasWritten() {
        clientWith((context, args, reply) -> {
            reply.map(2);
            reply.bulk("half");
            throw new CommandException("BUSY come back later");
        });
        assertEquals(List.of("+PONG", "-BUSY come back later", "+PONG"), client.pipeline("PING", "TEST", "PING"));
    }

    @Test
    void aRefusalWithoutATextIsAnErrorAllTheSame() {
        clientWith((context, args, reply) -> {
            throw new CommandException(null);
        });
        assertEquals(List.of("+PONG", "-ERR unspecified error", "+PONG"), client.pipeline("PING", "TEST", "PING"));
    }

    /** Ways to write a reply that is not exactly one value. */
    enum WrongReply implements TestCommand.Body {
        NOTHING {
            @Override
            void write(Reply reply) {}
        },
        TWO_VALUES {
            @Override
            void write(Reply reply) {
                reply.ok();
                reply.ok();
            }
        },
        SHORT_ARRAY {
            @Override
            void write(Reply reply) {
                reply.array(3);
                reply.integer(1);
                reply.integer(2);
            }
        },
        LONG_ARRAY {
            @Override
            void write(Reply reply) {
                reply.array(1);
                reply.integer(1);
                reply.integer(2);
            }
        },
        HALF_PAIR {
            @Override
            void write(Reply reply) {
                reply.map(1);
                reply.bulk("key");
            }
        },
        SHORT_INNER_ARRAY {
            @Override
            void write(Reply reply) {
                reply.array(2);
                reply.array(2);
                reply.ok();
            }
        },
        OPEN_SCOPE {
            @Override
            void write(Reply reply) {
                Reply.Scope scope = reply.array();
                reply.bulk("never closed: " + scope);
            }
        },
        SHORT_ARRAY_IN_SCOPE {
            @Override
            void write(Reply reply) {
                Reply.Scope scope = reply.array();
                reply.array(2);
                reply.bulk("only one");
                scope.close();
            }
        };

        abstract void write(Reply reply);

        @Override
        public void execute(
                io.miniredis.api.CommandContext context, io.miniredis.api.Args args, io.miniredis.api.Reply reply) {
            write(reply);
        }
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.EnumSource
    void aReplyThatIsNotOneValueBecomesOneError(WrongReply body) {
        clientWith(body);
        try (LogCapture log = new LogCapture()) {
            assertEquals(
                    List.of("+PONG", "-ERR internal error in 'test' of test: incomplete reply", "[]"),
                    client.pipeline("PING", "TEST", "KEYS *"));
            assertEquals(List.of("test of test wrote an incomplete reply"), log.errors());
        }
        assertEquals(1, stats("test").failed);
    }

    @Test
    void repliesMayNest() {
        clientWith((context, args, reply) -> {
            Reply.Scope scope = reply.array();
            reply.map(1);
            reply.bulk("k");
            reply.set(2);
            reply.array(0);
            reply.nil();
            scope.close();
        });
        assertEquals("[{'k': ~[[], nil]}]", client.run("TEST"));
    }

    @Test
    void argumentsAreBinaryAndBounded() {
        List<Object> seen = new ArrayList<>();
        clientWith((context, args, reply) -> {
            Slice first = args.slice(1);
            Slice second = args.slice(2);
            seen.add(first.copy());
            seen.add(second.copy());
            seen.add(args.copy(1));
            seen.add(args.size());
            seen.add(args.is(3, "WORD"));
            seen.add(args.integer(4));
            assertThrows(IndexOutOfBoundsException.class, () -> args.slice(-1));
            assertThrows(IndexOutOfBoundsException.class, () -> args.slice(5));
            assertThrows(IndexOutOfBoundsException.class, () -> args.is(5, "WORD"));
            assertThrows(IndexOutOfBoundsException.class, () -> args.integer(5));
            reply.ok();
        });
        assertEquals("+OK", client.send("TEST", "\0\r\n\u00ff", "", "wOrD", "-42"));
        assertArrayEquals(new byte[] {0, '\r', '\n', -1}, (byte[]) seen.get(0));
        assertArrayEquals(new byte[0], (byte[]) seen.get(1));
        assertArrayEquals(new byte[] {0, '\r', '\n', -1}, (byte[]) seen.get(2));
        assertEquals(List.of(5, true, -42L), seen.subList(3, 6));
    }

    @Test
    void manyArgumentsAreFine() {
        clientWith((context, args, reply) -> {
            long sum = 0;
            for (int i = 1; i < args.size(); i++) {
                Slice slice = args.slice(i);
                sum += slice.length() + args.integer(i);
            }
            reply.integer(sum);
        });
        String[] request = Stream.concat(
                        Stream.of("TEST"), Stream.generate(() -> "7").limit(5000))
                .toArray(String[]::new);
        assertEquals("40000", client.send(request));
        assertEquals("8", client.run("TEST 7"));
    }

    @Test
    void aFailureInOneCommandLeavesTheNextAlone() {
        clientWith((context, args, reply) -> {
            throw new IllegalStateException();
        });
        try (LogCapture log = new LogCapture()) {
            assertEquals(
                    List.of("+OK", "-ERR internal error in 'test' of test: java.lang.IllegalStateException", "'v'"),
                    client.pipeline("SET k v", "TEST", "GET k"));
            assertEquals(1, log.errors().size());
        }
    }

    @Test
    void nothingRunsAfterTheCommandThatEndsTheConnection() {
        client();
        assertEquals(List.of("+OK", "+OK"), client.pipeline("SET k v", "QUIT", "SET k w"));
        assertTrue(client.connection.closedAfterReply);
        assertEquals("'v'", engine.connect().run("GET k"));
    }

    @Test
    void aRunStopsWhenEnoughRepliesWait() {
        client();
        client.replies.bytesPerReply = 100_000;
        client.fill(List.of(words("PING"), words("PING"), words("PING"), words("PING"), words("PING")));
        assertEquals(3, client.session.execute(client.batch(), 0, client.replies));
        assertEquals(List.of("+PONG", "+PONG", "+PONG"), client.replies.take());
        assertEquals(5, client.session.execute(client.batch(), 3, client.replies));
    }

    private static String[] words(String command) {
        return command.split(" ", -1);
    }

    @Test
    void timeStandsStillDuringARun() {
        List<Long> times = new ArrayList<>();
        clientWith((context, args, reply) -> {
            times.add(context.nowMillis() - ManualTicker.START_MILLIS);
            engine.ticker.advanceMillis(10);
            reply.ok();
        });
        client.pipeline("TEST", "TEST");
        client.run("TEST");
        assertEquals(List.of(0L, 0L, 20L), times);
    }

    @Test
    void timeIsChargedToTheCommandThatTookIt() {
        clientWith((context, args, reply) -> {
            engine.ticker.advanceNanos(5_000);
            reply.ok();
        });
        client.pipeline("PING", "TEST", "TEST", "PING");
        client.run("TEST");
        assertEquals(15_000, stats("test").nanos);
        assertEquals(0, stats("ping").nanos);
    }

    @Test
    void scratchIsLargeEnoughAndOneAndTheSame() {
        clientWith((context, args, reply) -> {
            byte[] small = context.scratch(10);
            assertEquals(small, context.scratch(20));
            assertTrue(context.scratch(100_000).length >= 100_000);
            reply.ok();
        });
        assertEquals("+OK", client.run("TEST"));
    }

    @Test
    void aHandlerSeesItsClient() {
        clientWith((context, args, reply) -> {
            reply.array(2);
            reply.integer(context.clientId());
            reply.integer(context.database());
        });
        client.run("SELECT 3");
        assertEquals("[1, 3]", client.run("TEST"));
        assertEquals("[2, 0]", engine.connect().run("TEST"));
    }

    @Test
    void lockedShardsAreFreeAfterEachRun() {
        engine.set("io-threads", "2");
        client();
        client.pipeline("MSET a 1 b 2 c 3 d 4", "KEYS *", "FLUSHALL");
        for (int shard = 0; shard < engine.engine().databases().shards(); shard++) {
            assertEquals(0, engine.engine().databases().shard(shard).lock.getHoldCount());
        }
    }
}

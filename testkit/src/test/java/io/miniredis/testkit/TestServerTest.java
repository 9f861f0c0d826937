package io.miniredis.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Plugin;
import io.miniredis.api.PluginContext;
import io.miniredis.api.Reply;
import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.api.eviction.EvictionSetup;
import io.miniredis.api.eviction.Evictor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TestServerTest {
    private final TestServer server = TestServer.start();
    private final TestClient client = server.connect();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersCommands() {
        assertEquals("+PONG", client.send("PING"));
        assertEquals("'a b'", client.send("echo", "a b"));
        assertEquals("+PONG\r\n", client.wire("PING"));
    }

    @Test
    void argumentsAreBytes() {
        assertEquals("'\u00ff\0'", client.sendBytes(bytes("ECHO"), new byte[] {-1, 0}));
        assertEquals("'\u00ff\0'", client.send("ECHO", "\u00ff\0"));
    }

    @Test
    void answersAPipelineInOrder() {
        assertEquals(List.of("+PONG", "'a'", "0"), client.pipeline("PING", "ECHO a", "EXISTS k"));
    }

    @Test
    void theClockMayBePutBack() {
        long before = server.nowMillis();
        server.advance(Duration.ofMillis(1500));
        server.setMillis(before - 7);
        assertEquals(before - 7, server.nowMillis());
        server.advance(Duration.ofMillis(1));
        assertEquals(before - 6, server.nowMillis());
    }

    @Test
    void aClientThatIsClosedIsGone() {
        server.connect().close();
        assertEquals(
                1,
                client.send("CLIENT", "LIST")
                        .lines()
                        .filter(line -> line.contains("id="))
                        .count());
        assertEquals("", client.receiveWire());
    }

    @Test
    void takesRequestsInPieces() {
        byte[] request = bytes("*2\r\n$4\r\nECHO\r\n$3\r\nabc\r\n");
        for (int i = 0; i < request.length - 1; i++) {
            assertEquals(0, client.exchange(new byte[] {request[i]}).length);
        }
        assertEquals("$3\r\nabc\r\n", new String(client.exchange(bytes("\n")), ISO_8859_1));
        assertEquals("+PONG", client.send("PING"));
    }

    @Test
    void speaksRespThreeWhenAsked() {
        assertEquals("$-1\r\n", wireOfNull(client));
        assertEquals("_\r\n", wireOfNull(server.connect().resp3()));
    }

    /** COMMAND INFO answers so for a command that there is not, within an array of one. */
    private static String wireOfNull(TestClient client) {
        return client.wire("COMMAND", "INFO", "nonsense").replaceFirst("^\\*1\r\n", "");
    }

    @Test
    void malformedInputEndsTheConnection() {
        assertEquals(
                "-ERR Protocol error: expected '$', got 'x'\r\n",
                new String(client.exchange(bytes("*1\r\nx\r\n")), ISO_8859_1));
        assertTrue(client.isClosed());
    }

    @Test
    void quitEndsTheConnection() {
        assertFalse(client.isClosed());
        assertEquals("+OK", client.send("QUIT"));
        assertTrue(client.isClosed());
    }

    @Test
    void timePassesOnlyWhenTold() {
        client.send("TESTKIT.OTHER", "k");
        assertEquals("1", client.send("PEXPIRE", "k", "100"));
        assertEquals("100", client.send("PTTL", "k"));
        server.advance(Duration.ofMillis(99));
        assertEquals("1", client.send("PTTL", "k"));
        server.advance(Duration.ofMillis(2));
        assertEquals("-2", client.send("PTTL", "k"));
    }

    @Test
    void directivesCanBeGiven() {
        try (TestServer small = TestServer.start("databases", "1")) {
            assertEquals("-ERR DB index is out of range", small.connect().send("SELECT", "1"));
        }
    }

    @Test
    void providersCanBeGivenAsObjects() {
        EvictionPolicy policy = new EvictionPolicy() {
            @Override
            public String name() {
                return "mine";
            }

            @Override
            public Evictor create(EvictionSetup setup) {
                throw new IllegalStateException("nothing is to be evicted");
            }
        };
        try (TestServer own = TestServer.setup()
                .add(new Answering("demo"))
                .add(new Words.Type())
                .add(policy)
                .set("maxmemory-policy", "allkeys-mine")
                .start()) {
            TestClient user = own.connect();
            assertEquals("+demo", user.send("DEMO"));
            assertEquals("['maxmemory-policy', 'allkeys-mine']", user.send("CONFIG", "GET", "maxmemory-policy"));
        }
    }

    @Test
    void whatIsGivenTakesThePlaceOfWhatIsProvided() {
        try (TestServer own = TestServer.setup().add(new Answering("ping")).start()) {
            assertEquals("+ping", own.connect().send("PING"));
        }
    }

    @Test
    void ofTwoGivenWithOneNameNoneIsChosen() {
        TestServer.Setup setup = TestServer.setup().add(new Answering("demo")).add(new Answering("demo"));
        assertThrows(IllegalArgumentException.class, setup::start);
    }

    /** Answers its name. */
    private record Answering(CommandSpec spec) implements CommandHandler {
        Answering(String name) {
            this(CommandSpec.named(name).arity(1).build());
        }

        @Override
        public void execute(CommandContext context, Args args, Reply reply) {
            reply.simple(spec.name());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    @Test
    void timeThatPassesMakesTasksOfPluginsRun() {
        AtomicInteger runs = new AtomicInteger();
        server.install("clock", new Plugin() {
            @Override
            public void start(PluginContext context) {
                context.every(Duration.ofSeconds(1), runs::incrementAndGet);
            }
        });
        server.advance(Duration.ofMillis(999));
        assertEquals(0, runs.get());
        server.advance(Duration.ofMillis(1));
        assertEquals(1, runs.get());
    }
}

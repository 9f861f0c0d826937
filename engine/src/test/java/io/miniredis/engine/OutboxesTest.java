package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may wait for clients: {@code client-output-buffer-limit}, and the heap. */
final class OutboxesTest {
    private static final String LIMITS = "client-output-buffer-limit";
    private static final int MEGABYTE = 1 << 20;

    private final TestEngine engine = TestEngine.create();
    private TestClient publisher;
    private TestClient slow;

    @AfterEach
    void close() {
        engine.close();
    }

    private void start() {
        publisher = engine.start().connect();
        slow = engine.connect();
        slow.run("SUBSCRIBE a");
    }

    private void publish(int bytes) {
        publisher.send("PUBLISH", "a", "x".repeat(bytes));
    }

    private void assertDisconnections(int count) {
        assertTrue(publisher
                .run("INFO stats")
                .contains("\r\nclient_output_buffer_limit_disconnections:" + count + "\r\n"));
    }

    @Test
    void atTheHardLimitASubscriberIsCutOff() {
        engine.set(LIMITS, "pubsub 10000 0 0");
        start();
        publish(9_900);
        assertFalse(slow.connection.closed);
        try (LogCapture log = new LogCapture()) {
            publish(100);
            assertTrue(slow.connection.closed);
            assertEquals(1, log.warnings().size());
            String line = log.warnings().get(0);
            assertTrue(line.startsWith("Client id=" + slow.session.id() + " addr="), line);
            assertTrue(line.endsWith(" scheduled to be closed ASAP for overcoming of output buffer limits."), line);
        }
        assertEquals(0, engine.engine().outboxes().waitingBytes());
        assertEquals("0", publisher.run("PUBLISH a more"), "nobody hears it");
        assertDisconnections(1);
        publisher.run("CONFIG RESETSTAT");
        assertDisconnections(0);
    }

    @Test
    void whoReadsIsNotCutOff() {
        engine.set(LIMITS, "pubsub 10000 0 0");
        start();
        for (int i = 0; i < 100; i++) {
            publish(9_000);
            assertEquals(1, slow.hear().size());
            assertEquals(0, slow.hear().size(), "all is sent");
        }
        assertFalse(slow.connection.closed);
    }

    @Test
    void whatTheConnectionHoldsCountsToo() {
        engine.set(LIMITS, "pubsub 10000 0 0");
        start();
        slow.connection.outputBytes = 9_990;
        publish(1);
        assertTrue(slow.connection.closed);
    }

    @Test
    void theSoftLimitMayBeExceededForAWhile() {
        engine.set(LIMITS, "pubsub 0 1000 10");
        start();
        publish(1000);
        engine.ticker.advanceMillis(9_000);
        publish(1);
        assertFalse(slow.connection.closed);
        slow.hear();
        publish(1);
        engine.ticker.advanceMillis(9_000);
        publish(1000);
        engine.ticker.advanceMillis(10_000);
        engine.engine().outboxes().checkAll();
        assertFalse(slow.connection.closed, "the time begins anew when it was below");
        engine.ticker.advanceMillis(1);
        engine.engine().outboxes().checkAll();
        assertTrue(slow.connection.closed, "whether or not anything is published");
        assertDisconnections(1);
    }

    @Test
    void aLimitOfOneClassIsNoneOfAnother() {
        engine.set(LIMITS, "normal 10000 0 0 pubsub 0 0 0");
        start();
        publish(100_000);
        assertFalse(slow.connection.closed);
        TestClient greedy = engine.connect();
        greedy.replies.bytesPerReply = 10_001;
        greedy.pipeline("PING");
        assertTrue(greedy.connection.closed);
        assertDisconnections(1);
    }

    @Test
    void limitsChangeWhileTheServerRuns() {
        start();
        publish(50_000);
        assertEquals("+OK", publisher.send("CONFIG", "SET", LIMITS, "pubsub 10kb 0 0"));
        publish(1);
        assertTrue(slow.connection.closed);
    }

    @Test
    void withoutLimitsTheHeapIsTheLimit() {
        engine.heap = new HeapBudget(30L * MEGABYTE, 20L * MEGABYTE);
        engine.set(LIMITS, "pubsub 0 0 0");
        start();
        TestClient fast = engine.connect();
        fast.run("SUBSCRIBE a");
        TestClient lessSlow = engine.connect();
        try (LogCapture log = new LogCapture()) {
            for (int i = 0; i < 8; i++) {
                publish(MEGABYTE);
                fast.hear();
            }
            lessSlow.run("SUBSCRIBE a");
            publish(MEGABYTE);
            fast.hear();
            assertFalse(slow.connection.closed);
            publish(MEGABYTE);
            fast.hear();
            assertTrue(slow.connection.closed, "most waits for it");
            assertTrue(log.warnings().get(0).endsWith("the heap has no room for what waits to be sent to it."));
        }
        assertFalse(fast.connection.closed);
        assertFalse(lessSlow.connection.closed);
        assertTrue(engine.engine().outboxes().waitingBytes() < 3 * MEGABYTE);
        assertDisconnections(1);
    }

    @Test
    void aMessageCountsOnceHoweverManyItWaitsFor() {
        engine.heap = new HeapBudget(30L * MEGABYTE, 20L * MEGABYTE);
        start();
        for (int i = 0; i < 100; i++) {
            engine.connect().run("SUBSCRIBE a");
        }
        publish(MEGABYTE);
        long waiting = engine.engine().outboxes().waitingBytes();
        assertTrue(waiting > MEGABYTE && waiting < MEGABYTE + 2000, waiting + " bytes");
        assertDisconnections(0);
    }

    @Test
    void aLongMessageCountsUntilItIsSent() {
        start();
        publish(100_000);
        long waiting = engine.engine().outboxes().waitingBytes();
        slow.connection.wakes();
        assertEquals(1, slow.hear().size());
        assertEquals(waiting, engine.engine().outboxes().waitingBytes());
        assertEquals(1, slow.connection.wakes(), "to learn that it is sent");
        assertEquals(List.of(), slow.hear());
        assertEquals(0, engine.engine().outboxes().waitingBytes());
        assertEquals(0, slow.connection.wakes());
    }

    @Test
    void longMessagesThatAreBeingSentAreLimitedByTheHeap() {
        engine.heap = new HeapBudget(30L * MEGABYTE, 20L * MEGABYTE);
        engine.set(LIMITS, "pubsub 0 0 0");
        start();
        List<TestClient> subscribers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            TestClient subscriber = engine.connect();
            subscriber.run("SUBSCRIBE channel:" + i);
            publisher.send("PUBLISH", "channel:" + i, "x".repeat(MEGABYTE));
            subscriber.hear();
            subscribers.add(subscriber);
        }
        long closed =
                subscribers.stream().filter(each -> each.connection.closed).count();
        assertTrue(closed >= 20, closed + " closed");
        assertTrue(engine.engine().outboxes().waitingBytes() < 10 * MEGABYTE);
    }

    @Test
    void aConnectionThatThereIsNoRoomForIsCountedOnce() {
        start();
        try (LogCapture log = new LogCapture()) {
            slow.session.overflowed();
            slow.session.overflowed();
            assertTrue(slow.connection.closed);
            assertEquals(1, log.warnings().size());
            assertTrue(log.warnings().get(0).endsWith("the heap has no room for what its connection holds."));
        }
        assertDisconnections(1);
    }

    @Test
    void dataThatGrowsLeavesLessForMessages() {
        engine.heap = new HeapBudget(30L * MEGABYTE, 20L * MEGABYTE);
        start();
        for (int i = 0; i < 9; i++) {
            publish(MEGABYTE);
        }
        engine.engine().outboxes().checkAll();
        assertFalse(slow.connection.closed);
        for (int i = 0; i < 10; i++) {
            publisher.send("SET", "k" + i, "x".repeat(MEGABYTE));
        }
        engine.engine().outboxes().checkAll();
        assertTrue(slow.connection.closed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "normal 0 0 0 | normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60",
                "'' | normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60",
                "pubsub 1mb 2kb 3 normal 1kb 2 3 | normal 1024 2 3 slave 268435456 67108864 60 pubsub 1048576 2048 3",
                "REPLICA 1 2 3 | normal 0 0 0 slave 1 2 3 pubsub 33554432 8388608 60",
                "slave 1 2 3 replica 4 5 6 | normal 0 0 0 slave 4 5 6 pubsub 33554432 8388608 60",
            })
    void classesThatAreNotNamedKeepTheirLimits(String value, String shown) {
        start();
        assertEquals("+OK", publisher.send("CONFIG", "SET", LIMITS, value));
        assertEquals("{'" + LIMITS + "': '" + shown + "'}", publisher.send("CONFIG", "GET", LIMITS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pubsub 1 2 | Wrong number of arguments in buffer limit configuration.",
                "normal  1 1 1 | Wrong number of arguments in buffer limit configuration.",
                "master 1 1 1 | Invalid client class specified in buffer limit configuration.",
                "normal -1 1 1 | Error in hard, soft or soft_seconds setting in buffer limit configuration.",
                "normal 1x 1 1 | Error in hard, soft or soft_seconds setting in buffer limit configuration.",
                "normal 1 1 1.5 | Error in hard, soft or soft_seconds setting in buffer limit configuration.",
                "normal 1 1 -1 | Error in hard, soft or soft_seconds setting in buffer limit configuration.",
            })
    void whatIsNoLimitIsRefused(String value, String reason) {
        start();
        assertEquals(
                "-ERR CONFIG SET failed (possibly related to argument '" + LIMITS + "') - " + reason,
                publisher.send("CONFIG", "SET", LIMITS, value));
        assertEquals("{'" + LIMITS + "': '" + OutputLimits.DEFAULT + "'}", publisher.send("CONFIG", "GET", LIMITS));
    }

    @Test
    void aClientThatIsGoneIsToldNothing() {
        start();
        publish(10);
        slow.session.cutOff();
        assertEquals(List.of(), slow.hear());
        assertEquals("0", publisher.run("PUBLISH a 1"));
    }
}

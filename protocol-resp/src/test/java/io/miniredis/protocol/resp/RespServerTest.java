package io.miniredis.protocol.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.transport.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real sockets on the loopback interface; no engine. */
@Timeout(60)
final class RespServerTest {
    private static final String PING = "*1\r\n$4\r\nPING\r\n";
    private static final int MEGABYTE = 1 << 20;

    private final EchoDispatcher dispatcher = new EchoDispatcher();
    private final List<RespServer> servers = new ArrayList<>();

    private RespServer start(RespOptions.Builder options) throws IOException {
        var server = new RespServer(options.build(), dispatcher);
        servers.add(server);
        server.start();
        return server;
    }

    private RespServer start() throws IOException {
        return start(RespOptions.builder().port(0));
    }

    private TestClient connect() throws IOException {
        return new TestClient(start().port());
    }

    @AfterEach
    void closeAll() {
        dispatcher.gate.countDown();
        servers.forEach(RespServer::close);
    }

    // Requests and replies.

    @Test
    void answers() throws IOException {
        try (var client = connect()) {
            client.send("PING\r\n").expect("+PONG\r\n");
            client.send("*2\r\n$4\r\nECHO\r\n$5\r\nhello\r\n").expect("$5\r\nhello\r\n");
        }
    }

    @Test
    void answersByteByByte() throws IOException {
        try (var client = connect()) {
            String wire = "*2\r\n$4\r\nECHO\r\n$5\r\nhello\r\n" + PING;
            for (int i = 0; i < wire.length(); i++) {
                client.send(wire.substring(i, i + 1));
            }
            client.expect("$5\r\nhello\r\n+PONG\r\n");
        }
    }

    @Test
    void answersAPipelineInOrder() throws IOException {
        var requests = new StringBuilder();
        var replies = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            String number = Integer.toString(i);
            requests.append("*2\r\n$4\r\nECHO\r\n$" + number.length() + "\r\n" + number + "\r\n");
            replies.append("$" + number.length() + "\r\n" + number + "\r\n");
        }
        try (var client = connect()) {
            client.send(requests.toString()).expect(replies.toString());
        }
    }

    @Test
    void answersLargeRequestsWithLargeReplies() throws Exception {
        String value = "0123456789abcdef".repeat(20 * MEGABYTE / 16);
        try (var client = connect()) {
            var sending = CompletableFuture.runAsync(() -> {
                try {
                    client.send("*2\r\n$4\r\nECHO\r\n$" + value.length() + "\r\n" + value + "\r\n" + PING);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            client.expect("$" + value.length() + "\r\n" + value + "\r\n+PONG\r\n");
            sending.get();
        }
    }

    @Test
    void answersRequestsOfManyArguments() throws IOException {
        int count = 200_000;
        try (var client = connect()) {
            client.send("*" + count + "\r\n$5\r\nCOUNT\r\n" + "$3\r\nabc\r\n".repeat(count - 1));
            client.expect(":" + count + "\r\n");
            client.send(PING).expect("+PONG\r\n");
        }
    }

    @Test
    void aRequestMayHaveNoReply() throws IOException {
        try (var client = connect()) {
            client.send("SILENT\r\nSILENT\r\n" + PING).expect("+PONG\r\n");
            client.send("SILENT\r\n").send(PING).expect("+PONG\r\n");
        }
    }

    @Test
    void eachConnectionHasItsOwnProtocolVersion() throws IOException {
        RespServer server = start();
        try (var first = new TestClient(server.port());
                var second = new TestClient(server.port())) {
            first.send("HELLO 3\r\n").expect("%1\r\n$5\r\nproto\r\n:3\r\n");
            second.send("PING\r\n").expect("+PONG\r\n");
            first.send("HELLO 3\r\n").expect("%1\r\n$5\r\nproto\r\n:3\r\n");
        }
    }

    @Test
    void strangersSendSmallRequestsUntilTheyAuthenticate() throws IOException {
        dispatcher.requireAuthentication = true;
        String large = "*11\r\n$5\r\nCOUNT\r\n" + "$1\r\na\r\n".repeat(10);
        RespServer server = start();
        try (var client = new TestClient(server.port())) {
            client.send(PING + "AUTH\r\n" + large).expect("+PONG\r\n+OK\r\n:11\r\n");
        }
        try (var client = new TestClient(server.port())) {
            client.send(PING + large).expect("+PONG\r\n-ERR Protocol error: unauthenticated multibulk length\r\n");
            client.expectEnd();
        }
    }

    @Test
    void countsTraffic() throws Exception {
        try (var client = connect()) {
            client.send(PING + PING).expect("+PONG\r\n+PONG\r\n");
            client.send("*1\r\n").endSending().expectEnd();
        }
        disconnected();
        assertEquals(2 * PING.length() + 4, dispatcher.inputBytes.get());
        assertEquals(14, dispatcher.outputBytes.get());
    }

    @Test
    void aConnectionKnowsItsEnds() throws Exception {
        RespServer server = start();
        try (var client = new TestClient(server.port())) {
            client.send(PING).expect("+PONG\r\n");
            Connection connection = dispatcher.connected.take();
            assertEquals("127.0.0.1:" + server.port(), connection.localAddress());
            assertTrue(connection.remoteAddress().matches("127\\.0\\.0\\.1:\\d+"), connection.remoteAddress());
        }
    }

    // The end.

    @Test
    void quitAnswersThenCloses() throws Exception {
        try (var client = connect()) {
            client.send(PING + "QUIT\r\n" + PING).expect("+PONG\r\n+OK\r\n").expectEnd();
        }
        disconnected();
        assertEquals(2, dispatcher.executed.get());
    }

    @Test
    void dieClosesAtOnce() throws Exception {
        try (var client = connect()) {
            client.send("DIE\r\n").expectEnd();
        }
        disconnected();
    }

    @Test
    void malformedInputIsAnsweredAfterTheRequestsBeforeItThenTheConnectionCloses() throws Exception {
        try (var client = connect()) {
            client.send(PING + PING + "*1\r\nPING\r\n" + PING);
            client.expect("+PONG\r\n+PONG\r\n-ERR Protocol error: expected '$', got 'P'\r\n")
                    .expectEnd();
        }
        assertEquals("ERR Protocol error: expected '$', got 'P'", dispatcher.protocolErrors.take());
        disconnected();
    }

    @Test
    void protocolErrorsHoldTheBytesThatWereSent() throws IOException {
        try (var client = connect()) {
            client.send("*1\r\n\u00ff\r\n").expect("-ERR Protocol error: expected '$', got '\u00ff'\r\n");
            client.expectEnd();
        }
    }

    @Test
    void aClientThatHasSentAllStillGetsItsReplies() throws Exception {
        try (var client = connect()) {
            client.send("*2\r\n$3\r\nBIG\r\n$7\r\n3000000\r\n" + PING).endSending();
            client.expect("$3000000\r\n" + "x".repeat(3_000_000) + "\r\n+PONG\r\n")
                    .expectEnd();
        }
        disconnected();
    }

    @Test
    void aClientMayGoAwayAtAnyTime() throws Exception {
        RespServer server = start();
        for (String sent : List.of("", "*1\r\n$4\r\nPI", PING, "*2\r\n$3\r\nBIG\r\n$8\r\n50000000\r\n")) {
            new TestClient(server.port()).send(sent).close();
            disconnected();
            new TestClient(server.port()).send(sent).reset();
            disconnected();
        }
        try (var client = new TestClient(server.port())) {
            client.send(PING).expect("+PONG\r\n");
        }
    }

    @Test
    void anyThreadMayCloseAConnection() throws Exception {
        RespServer server = start();
        try (var client = new TestClient(server.port())) {
            dispatcher.connected.take().close();
            client.expectEnd();
            disconnected();
        }
        try (var client = new TestClient(server.port())) {
            dispatcher.connected.take().closeAfterReply();
            client.expectEnd();
            disconnected();
        }
    }

    @Test
    void closeAfterReplyLetsRunningRequestsFinish() throws Exception {
        try (var client = connect()) {
            client.send("GATE\r\n" + PING);
            dispatcher.atGate.await();
            dispatcher.connected.take().closeAfterReply();
            dispatcher.gate.countDown();
            client.expect("+OK\r\n+PONG\r\n").expectEnd();
            disconnected();
        }
    }

    @Test
    void aBugClosesOnlyItsConnection() throws Exception {
        RespServer server = start();
        try (var other = new TestClient(server.port());
                var client = new TestClient(server.port())) {
            other.send(PING).expect("+PONG\r\n");
            client.send("CRASH\r\n").expectEnd();
            disconnected();
            other.send(PING).expect("+PONG\r\n");
        }
    }

    @Test
    void refusedClientsAreToldWhy() throws IOException {
        RespServer server = start();
        dispatcher.full = true;
        try (var client = new TestClient(server.port())) {
            client.expect("-ERR max number of clients reached\r\n").expectEnd();
        }
        dispatcher.full = false;
        try (var client = new TestClient(server.port())) {
            client.send(PING).expect("+PONG\r\n");
            assertTrue(dispatcher.disconnected.isEmpty(), "who was refused was never connected");
        }
    }

    @Test
    void idleClientsAreClosed() throws Exception {
        var seconds = new AtomicInteger();
        var now = new AtomicLong();
        var options = RespOptions.builder().port(0).idleTimeoutSeconds(seconds::get);
        var server = new RespServer(options.build(), dispatcher, now::get);
        servers.add(server);
        server.start();
        try (var idle = new TestClient(server.port());
                var busy = new TestClient(server.port())) {
            idle.send(PING).expect("+PONG\r\n");
            // One thread serves both, so when it answers this it has done all it had to do for the other.
            busy.send(PING).expect("+PONG\r\n");
            seconds.set(10);
            server.sweep();
            now.set(TimeUnit.SECONDS.toNanos(9));
            busy.send(PING).expect("+PONG\r\n");
            server.sweep();
            now.set(TimeUnit.SECONDS.toNanos(10));
            server.sweep();
            idle.expectEnd();
            busy.send(PING).expect("+PONG\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noiseEndsOnlyItsOwnConnection(long seed) throws Exception {
        var random = new Random(seed);
        RespServer server = start();
        try (var other = new TestClient(server.port())) {
            for (int i = 0; i < 100; i++) {
                String wire = RandomStreams.damaged(random, RandomStreams.valid(random, new ArrayList<>()));
                int cut = random.nextInt(wire.length() + 1);
                try (var client = new TestClient(server.port())) {
                    client.send(wire.substring(0, cut))
                            .send(wire.substring(cut))
                            .endSending();
                    client.readAll();
                } catch (SocketException e) {
                    // The server closed while the client was still talking.
                }
                disconnected();
                other.send(PING).expect("+PONG\r\n");
            }
        }
    }

    @Test
    void servingAllocatesNothingButTheChannelsOwnEvents() throws Exception {
        try (var client = connect()) {
            client.send("THREAD\r\n").expect("$14\r\nminiredis-io-1\r\n");
            Thread thread = dispatcher.thread;
            long rounds = 2000;
            Runnable run = () -> {
                try {
                    for (int i = 0; i < rounds; i++) {
                        client.send(PING.repeat(100)).expect("+PONG\r\n".repeat(100));
                    }
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            };
            run.run();
            long before = Allocation.by(thread);
            run.run();
            long perRequest = (Allocation.by(thread) - before) / (rounds * 100);
            assertTrue(perRequest <= 8, perRequest + " bytes for each request");
        }
    }

    @Test
    void clientsWhoseRequestsComeTogetherShareABatch() throws Exception {
        RespServer server = start(RespOptions.builder().port(0).ioThreads(1));
        List<TestClient> clients = new ArrayList<>();
        try (var first = new TestClient(server.port())) {
            for (int i = 0; i < 20; i++) {
                clients.add(new TestClient(server.port()).send(PING).expect("+PONG\r\n"));
            }
            first.send("GATE\r\n");
            dispatcher.atGate.await();
            for (TestClient client : clients) {
                client.send(PING);
            }
            dispatcher.gate.countDown();
            first.expect("+OK\r\n");
            for (TestClient client : clients) {
                client.expect("+PONG\r\n");
            }
            assertEquals(1, dispatcher.batches.size());
        } finally {
            for (TestClient client : clients) {
                client.close();
            }
        }
    }

    // Long replies.

    @Test
    void longRepliesAreWrittenAsTheyAreSent() throws Exception {
        RespServer server = start();
        int size = 1_000_000;
        try (var client = new TestClient(server.port(), 8192);
                var other = new TestClient(server.port())) {
            client.send("*2\r\n$6\r\nSERIES\r\n$7\r\n1000000\r\n*2\r\n$4\r\nLENT\r\n$8\r\n20000000\r\n" + PING);
            Connection connection = dispatcher.connected.take();
            for (int i = 0; i < 1000; i++) {
                other.send(PING).expect("+PONG\r\n");
                assertTrue(connection.outputBytes() < 384 * 1024, connection.outputBytes() + " bytes");
            }
            StringBuilder series = new StringBuilder("*" + size + "\r\n");
            for (int i = 0; i < size; i++) {
                series.append(':').append(i).append("\r\n");
            }
            client.expect(series.toString());
            client.expect("$20000000\r\n").expect("x".repeat(20_000_000)).expect("\r\n+PONG\r\n");
            assertEquals(series.length() + 20_000_013L + 7 + 7000, dispatcher.outputBytes.get());
        }
    }

    @Test
    void aLongReplyThatBreaksOffEndsTheConnection() throws Exception {
        RespServer server = start();
        try (var client = new TestClient(server.port());
                var other = new TestClient(server.port())) {
            client.send("LIAR\r\n" + PING);
            String all = client.readAll();
            assertTrue(all.startsWith("*100000\r\n:0\r\n:1\r\n"), all);
            assertFalse(all.contains("PONG"));
            other.send(PING).expect("+PONG\r\n");
        }
    }

    // Clients that do not read.

    @Test
    void aClientThatDoesNotReadIsNotServed() throws Exception {
        int count = 64;
        RespServer server = start();
        try (var client = new TestClient(server.port(), 8192);
                var other = new TestClient(server.port())) {
            client.send("*2\r\n$3\r\nBIG\r\n$7\r\n1048576\r\n".repeat(count));
            Connection connection = dispatcher.connected.take();
            for (int i = 0; i < 1000; i++) {
                other.send(PING).expect("+PONG\r\n");
                assertTrue(connection.outputBytes() <= EchoDispatcher.REPLY_LIMIT + MEGABYTE + 20);
            }
            long executed = dispatcher.executed.get() - 1000;
            assertTrue(executed < count / 2, executed + " replies for a client that did not read one");
            String reply = "$1048576\r\n" + "x".repeat(MEGABYTE) + "\r\n";
            for (int i = 0; i < count; i++) {
                client.expect(reply);
            }
        }
    }

    @Test
    void aClientThatDoesNotReadIsNotReadFrom() throws Exception {
        RespServer server = start();
        ByteBuffer requests = StandardCharsets.US_ASCII.encode("*2\r\n$4\r\nECHO\r\n$4\r\nabcd\r\n".repeat(4000));
        try (var client = SocketChannel.open();
                var other = new TestClient(server.port())) {
            client.connect(server.addresses().get(0));
            client.configureBlocking(false);
            long sent = 0;
            int refusals = 0;
            while (refusals < 50 && sent < 500L * MEGABYTE) {
                int count = client.write(requests);
                if (!requests.hasRemaining()) {
                    requests.rewind();
                }
                sent += count;
                refusals = count == 0 ? refusals + 1 : 0;
                other.send(PING).expect("+PONG\r\n");
            }
            assertTrue(sent < 200L * MEGABYTE, sent + " bytes");
            for (Connection connection : dispatcher.connections) {
                assertTrue(connection.inputBytes() <= InputBuffer.USUAL_BYTES);
                assertTrue(connection.outputBytes() <= EchoDispatcher.REPLY_LIMIT + MEGABYTE);
            }
        }
    }

    @Test
    void aRequestThatIsTooLargeEndsTheConnection() throws Exception {
        RespServer server = start(RespOptions.builder().port(0).maxInputBytes(() -> MEGABYTE));
        try (var client = new TestClient(server.port())) {
            client.send("*2\r\n$4\r\nECHO\r\n$1000000\r\n" + "x".repeat(1_000_000) + "\r\n");
            client.expect("$1000000\r\n" + "x".repeat(1_000_000) + "\r\n");
            var sending = CompletableFuture.runAsync(() -> {
                try {
                    client.send("*2\r\n$4\r\nECHO\r\n$2000000\r\n" + "x".repeat(2_000_000));
                } catch (IOException e) {
                    // That is how a client learns of it.
                }
            });
            disconnected();
            sending.get();
        }
        assertNotNull(dispatcher.protocolErrors.poll());
    }

    @Test
    void aRequestThatThereIsNoMemoryForEndsTheConnection() throws Exception {
        RespServer server = start(RespOptions.builder().port(0).maxBufferBytes(() -> 4 * MEGABYTE));
        try (var client = new TestClient(server.port());
                var other = new TestClient(server.port())) {
            String fits = "x".repeat(MEGABYTE);
            client.send("*2\r\n$4\r\nECHO\r\n$" + MEGABYTE + "\r\n" + fits + "\r\n");
            client.expect("$" + MEGABYTE + "\r\n" + fits + "\r\n");
            // Just enough for the server to see that it needs a large buffer: it has read all of this when it ends the
            // connection.
            String begins = "*2\r\n$4\r\nECHO\r\n$" + 4 * MEGABYTE + "\r\n";
            client.send(begins + "x".repeat(InputBuffer.USUAL_BYTES - begins.length()));
            client.expect("-OOM the heap has no room for a request of this size\r\n")
                    .expectEnd();
            other.send(PING).expect("+PONG\r\n");
        }
        assertEquals("OOM the heap has no room for a request of this size", dispatcher.protocolErrors.poll());
    }

    private static String big(int bytes) {
        String digits = Integer.toString(bytes);
        return "*2\r\n$3\r\nBIG\r\n$" + digits.length() + "\r\n" + digits + "\r\n";
    }

    @Test
    void aReplyThatThereIsNoMemoryForEndsTheConnection() throws Exception {
        RespServer server = start(RespOptions.builder().port(0).maxBufferBytes(() -> 4 * MEGABYTE));
        try (var client = new TestClient(server.port());
                var other = new TestClient(server.port())) {
            client.send(PING + big(20 * MEGABYTE) + PING);
            assertEquals("", client.readAll());
            assertEquals(2, dispatcher.executed.get(), "the rest of the pipeline is not run");
            assertEquals(dispatcher.connections.get(0), dispatcher.overflowed.poll());
            for (int i = 0; i < 10; i++) {
                other.send(big(3 * MEGABYTE)).expect("$3145728\r\n");
                other.read(3 * MEGABYTE + 2);
            }
        }
    }

    @Test
    void whoHoldsMostIsCutOffForOthers() throws Exception {
        RespServer server = start(RespOptions.builder().port(0).maxBufferBytes(() -> 40 * MEGABYTE));
        try (var slower = new TestClient(server.port(), 4096);
                var slow = new TestClient(server.port(), 4096);
                var fast = new TestClient(server.port())) {
            slower.send(big(30 * MEGABYTE)).expect("$31457280\r\n");
            slow.send(big(14 * MEGABYTE)).expect("$14680064\r\n");
            fast.send(big(16 * MEGABYTE)).expect("$16777216\r\n");
            fast.read(16 * MEGABYTE + 2);
            assertEquals(dispatcher.connections.get(0), dispatcher.overflowed.poll(), "the slower one");
            assertEquals(dispatcher.connections.get(0), dispatcher.disconnected.poll(30, TimeUnit.SECONDS));
            slow.read(14 * MEGABYTE + 2);
            fast.send(PING).expect("+PONG\r\n");
            slow.send(PING).expect("+PONG\r\n");
            assertTrue(dispatcher.overflowed.isEmpty());
        }
    }

    @Test
    void manyHalfRequestsLeaveRoomForSmallOnes() throws Exception {
        RespServer server = start(RespOptions.builder().port(0).maxBufferBytes(() -> MEGABYTE));
        List<TestClient> clients = new ArrayList<>();
        try {
            String half = "*2\r\n$4\r\nECHO\r\n$65000\r\n" + "x".repeat(60_000);
            for (int i = 0; i < 40; i++) {
                clients.add(new TestClient(server.port()).send(half));
            }
            assertNotNull(dispatcher.disconnected.poll(30, TimeUnit.SECONDS));
            try (var client = new TestClient(server.port())) {
                String text = "y".repeat(3000);
                for (int i = 0; i < 10; i++) {
                    client.send("*2\r\n$4\r\nECHO\r\n$3000\r\n" + text + "\r\n").expect("$3000\r\n" + text + "\r\n");
                }
            }
        } finally {
            for (TestClient each : clients) {
                each.close();
            }
        }
    }

    @Test
    void longRepliesThatAreNotReadFindRoomWhenMemoryIsTight() throws Exception {
        RespServer server = start(RespOptions.builder().port(0).maxBufferBytes(() -> 4 * MEGABYTE));
        List<TestClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                clients.add(new TestClient(server.port(), 4096));
                clients.get(i).send("*2\r\n$4\r\nLENT\r\n$8\r\n20000000\r\n").expect("$20000000\r\n");
            }
            assertTrue(dispatcher.overflowed.isEmpty());
            clients.get(0).read(20_000_002);
            clients.get(59).read(20_000_002);
            clients.get(0).send(PING).expect("+PONG\r\n");
        } finally {
            for (TestClient each : clients) {
                each.close();
            }
        }
    }

    @Test
    void theLimitOfABulkMayChange() throws IOException {
        var limit = new AtomicLong(10);
        RespServer server = start(RespOptions.builder().port(0).maxBulkBytes(limit::get));
        try (var client = new TestClient(server.port())) {
            client.send("*1\r\n$11\r\n")
                    .expect("-ERR Protocol error: invalid bulk length\r\n")
                    .expectEnd();
        }
    }

    // Clients that wait.

    /** Requests of one client; a line each. */
    private static String requests(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    @Test
    void whoWaitsIsAnsweredWhenAnotherThreadWakesIt() throws Exception {
        try (var client = connect()) {
            client.send(requests("PING", "WAIT")).expect("+PONG\r\n");
            dispatcher.sessions.get(0).wake();
            client.expect("+WOKEN\r\n");
            client.send(PING).expect("+PONG\r\n");
        }
    }

    @Test
    void whoWaitsIsAnsweredWhenAClientOfTheSameThreadWakesIt() throws IOException {
        RespServer server = start(RespOptions.builder().port(0).ioThreads(1));
        try (var waiting = new TestClient(server.port())) {
            waiting.send(requests("PING", "WAIT")).expect("+PONG\r\n");
            try (var waking = new TestClient(server.port())) {
                waking.send(requests("PING", "WAKE 0", "PING")).expect("+PONG\r\n+OK\r\n+PONG\r\n");
            }
            waiting.expect("+WOKEN\r\n");
        }
    }

    @Test
    void requestsBehindTheOneThatWaitsRunAfterIt() throws Exception {
        try (var client = connect()) {
            client.send(requests("PING", "WAIT", "ECHO \"a b\"", "WAIT", "ECHO c") + "*2\r\n$4\r\nEC")
                    .expect("+PONG\r\n");
            client.send("HO\r\n$").send("3\r\nabc\r\n");
            dispatcher.sessions.get(0).wake();
            client.expect("+WOKEN\r\n$3\r\na b\r\n");
            client.send(PING.repeat(1000));
            dispatcher.sessions.get(0).wake();
            client.expect("+WOKEN\r\n$1\r\nc\r\n$3\r\nabc\r\n" + "+PONG\r\n".repeat(1000));
        }
    }

    @Test
    void whoWakesItselfDoesNotWait() throws IOException {
        try (var client = connect()) {
            client.send(requests("WAKE 0", "WAIT", "PING")).expect("+OK\r\n+WOKEN\r\n+PONG\r\n");
        }
    }

    @Test
    void whoIsToldThingsWithoutEndIsHeardNevertheless() throws Exception {
        try (var client = connect()) {
            String message = new String(EchoDispatcher.MESSAGE, StandardCharsets.US_ASCII);
            client.send(requests("PING", "FLOOD")).expect("+PONG\r\n" + message.repeat(300));
            client.send(requests("ECHO a")).expectAfter(message, "$1\r\na\r\n");
            client.send(requests("CALM")).expectAfter(message, "+CALM\r\n");
            client.send(PING).expect("+PONG\r\n");
        }
    }

    @Test
    void whoDoesNotReadWhatItIsToldTakesNoRoom() throws Exception {
        try (var client = connect()) {
            client.send(requests("PING", "FLOOD")).expect("+PONG\r\n");
            var connection = (RespConnection) dispatcher.connections.get(0);
            for (int i = 0; i < 1000; i++) {
                dispatcher.sessions.get(0).wake();
                assertTrue(connection.outputBytes() <= 2L * EchoDispatcher.MESSAGE.length);
            }
            client.send(requests("CALM"))
                    .expectAfter(new String(EchoDispatcher.MESSAGE, StandardCharsets.US_ASCII), "+CALM\r\n");
        }
    }

    @Test
    void whoListensIsNotIdle() throws Exception {
        try (var client = connect()) {
            String message = new String(EchoDispatcher.MESSAGE, StandardCharsets.US_ASCII);
            client.send(requests("FLOOD")).expect(message);
            var connection = (RespConnection) dispatcher.connections.get(0);
            connection.sweep(1, 10);
            connection.sweep(1_000_000, 10);
            client.expect(message);
        }
    }

    @Test
    void whoGoesWhileItWaitsIsMissed() throws Exception {
        try (var client = connect()) {
            client.send(requests("PING", "WAIT", "PING")).expect("+PONG\r\n");
            client.reset();
            disconnected();
            dispatcher.sessions.get(0).wake();
        }
    }

    @Test
    void whoWaitsIsClosedWithTheServer() throws Exception {
        RespServer server = start();
        try (var client = new TestClient(server.port())) {
            client.send(requests("PING", "WAIT")).expect("+PONG\r\n");
            server.close();
            client.expectEnd();
        }
    }

    @Test
    void whoWaitsIsNotIdle() throws Exception {
        try (var client = connect()) {
            client.send(requests("PING", "WAIT")).expect("+PONG\r\n");
            var connection = (RespConnection) dispatcher.connections.get(0);
            connection.sweep(1, 10);
            connection.sweep(1_000_000, 10);
            dispatcher.sessions.get(0).wake();
            client.expect("+WOKEN\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void noWakeIsLost(int threads) throws Exception {
        RespServer server = start(RespOptions.builder().port(0).ioThreads(threads));
        int rounds = 3_000;
        try (var first = new TestClient(server.port())) {
            first.send(PING).expect("+PONG\r\n");
            try (var second = new TestClient(server.port())) {
                second.send(PING).expect("+PONG\r\n");
                var other = CompletableFuture.runAsync(() -> takeTurns(second, rounds, "WAIT", "WAKE 0"));
                takeTurns(first, rounds, "WAKE 1", "WAIT");
                other.get();
            }
        }
    }

    /** Sends pairs of requests, in pieces of different sizes, and expects all to be answered in order. */
    private static void takeTurns(TestClient client, int rounds, String one, String two) {
        try {
            for (int round = 0; round < rounds; ) {
                int pairs = Math.min(1 + round % 7, rounds - round);
                client.send(requests(one, two).repeat(pairs));
                for (int i = 0; i < pairs; i++) {
                    client.expect(one.equals("WAIT") ? "+WOKEN\r\n+OK\r\n" : "+OK\r\n+WOKEN\r\n");
                }
                round += pairs;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Listening.

    @Test
    void severalAddressesShareAPort() throws IOException {
        RespServer server = start(
                RespOptions.builder().port(0).addresses(List.of("127.0.0.1", "127.0.0.2", "localhost", "-192.0.2.1")));
        assertEquals(
                List.of("127.0.0.1:" + server.port(), "127.0.0.2:" + server.port()),
                server.addresses().stream().map(AddressText::of).toList());
    }

    @Test
    void allAddressesAreOneWildcard() throws IOException {
        RespServer server = start(RespOptions.builder().port(0).addresses(List.of("*", "-::*", "0.0.0.0")));
        assertEquals(1, server.addresses().size());
        try (var client = new TestClient(server.port())) {
            client.send(PING).expect("+PONG\r\n");
        }
    }

    /** Below the ports that clients get, since a client there could reach itself. */
    private static int portBelowThoseOfClients() throws IOException {
        for (int port = 20_000; port < 30_000; port++) {
            try {
                return ListenSockets.free(List.of("127.0.0.1"), port).get(0).getPort();
            } catch (BindException e) {
                // somebody else's
            }
        }
        throw new BindException("no port is free");
    }

    private static TestClient connectAsSoonAsPossible(int port) {
        while (true) {
            try {
                return new TestClient(port);
            } catch (ConnectException e) {
                Thread.onSpinWait();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whoConnectsWhileItStartsIsServed(int threads) throws Exception {
        int port = portBelowThoseOfClients();
        for (int round = 0; round < 100; round++) {
            var connected = CompletableFuture.supplyAsync(() -> connectAsSoonAsPossible(port));
            try (RespServer server = start(RespOptions.builder()
                            .addresses(List.of("127.0.0.1"))
                            .port(port)
                            .ioThreads(threads));
                    TestClient client = connected.get(30, TimeUnit.SECONDS)) {
                assertEquals(port, server.port());
                client.send("PING\r\n").expect("+PONG\r\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aPortThatIsTakenIsRefusedWhoeverHasIt(int ioThreads) throws IOException {
        for (int others : new int[] {1, 2}) {
            RespServer other = start(RespOptions.builder().port(0).ioThreads(others));
            var options = RespOptions.builder().port(other.port()).ioThreads(ioThreads);
            var e = assertThrows(BindException.class, () -> start(options));
            assertTrue(e.getMessage().startsWith("127.0.0.1:" + other.port() + ": "), e.getMessage());
            try (var client = new TestClient(other.port())) {
                client.send(PING).expect("+PONG\r\n");
            }
        }
    }

    @Test
    void anAddressOfAnotherMachineIsRefused() {
        var options = RespOptions.builder().port(0).addresses(List.of("192.0.2.1"));
        assertTrue(assertThrows(BindException.class, () -> start(options))
                .getMessage()
                .startsWith("192.0.2.1:0: "));
        var skipped = RespOptions.builder().port(0).addresses(List.of("-192.0.2.1"));
        assertThrows(BindException.class, () -> start(skipped));
    }

    @Test
    void aHostThatDoesNotExistIsRefused() {
        var options = RespOptions.builder().port(0).addresses(List.of("no.such.host.invalid"));
        assertThrows(UnknownHostException.class, () -> start(options));
    }

    @Test
    void theSamePortCanBeUsedAgainAtOnce() throws IOException {
        RespServer first = start();
        try (var client = new TestClient(first.port())) {
            client.send(PING).expect("+PONG\r\n");
            first.close();
            client.expectEnd();
        }
        start(RespOptions.builder().port(first.port()));
    }

    @Test
    void optionsAreChecked() {
        assertThrows(
                IllegalArgumentException.class,
                () -> RespOptions.builder().port(65536).build());
        assertThrows(
                IllegalArgumentException.class,
                () -> RespOptions.builder().ioThreads(0).build());
        assertThrows(
                IllegalArgumentException.class,
                () -> RespOptions.builder().addresses(List.of()).build());
    }

    @Test
    void severalThreadsShareTheConnections() throws IOException {
        RespServer server = start(RespOptions.builder().port(0).ioThreads(2));
        Set<String> threads = new HashSet<>();
        var clients = new ArrayList<TestClient>();
        for (int i = 0; i < 64; i++) {
            var client = new TestClient(server.port());
            clients.add(client);
            client.send("THREAD\r\n").expect("$14\r\n");
            threads.add(client.readLine());
        }
        for (TestClient client : clients) {
            client.send(PING.repeat(10)).expect("+PONG\r\n".repeat(10));
            client.close();
        }
        assertEquals(Set.of("miniredis-io-1", "miniredis-io-2"), threads);
    }

    // Stopping.

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void stoppingFinishesWhatIsInFlight(int ioThreads) throws Exception {
        RespServer server = start(RespOptions.builder().port(0).ioThreads(ioThreads));
        try (var idle = new TestClient(server.port());
                var client = new TestClient(server.port())) {
            idle.send(PING).expect("+PONG\r\n");
            client.send("GATE\r\n*2\r\n$3\r\nBIG\r\n$7\r\n9000000\r\n");
            dispatcher.atGate.await();
            var closing = CompletableFuture.runAsync(() -> server.close(Duration.ofSeconds(30)));
            // If both clients are served by one thread, the idle one has to wait for it.
            dispatcher.gate.countDown();
            idle.expectEnd();
            client.expect("+OK\r\n$9000000\r\n" + "x".repeat(9_000_000) + "\r\n")
                    .expectEnd();
            closing.get();
        }
        assertEquals(2, dispatcher.disconnected.size());
    }

    @Test
    void stoppingDoesNotWaitForeverForClientsThatDoNotRead() throws Exception {
        RespServer server = start();
        try (var client = new TestClient(server.port(), 8192)) {
            client.send("*2\r\n$3\r\nBIG\r\n$8\r\n90000000\r\n").expect("$90000000\r\n");
            server.close(Duration.ofMillis(20));
            disconnected();
        }
    }

    @Test
    void whoStoppedAcceptingStillServes() throws Exception {
        RespServer server = start();
        try (var client = new TestClient(server.port())) {
            client.send(PING).expect("+PONG\r\n");
            server.stopAccepting();
            assertThrows(IOException.class, () -> new TestClient(server.port()));
            client.send(PING).expect("+PONG\r\n");
        }
    }

    @Test
    void aServerThatIsClosedLeavesNoThreads() throws Exception {
        RespServer server = start(RespOptions.builder().port(0).ioThreads(2));
        try (var client = new TestClient(server.port())) {
            client.send(PING).expect("+PONG\r\n");
        }
        List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("miniredis-io-"))
                .toList();
        assertFalse(threads.isEmpty());
        server.close();
        for (Thread thread : threads) {
            thread.join(30_000);
            assertFalse(thread.isAlive(), thread.getName());
        }
    }

    private void disconnected() throws InterruptedException {
        assertNotNull(dispatcher.disconnected.poll(30, TimeUnit.SECONDS), "the session was not told of the end");
    }
}

package io.miniredis.protocol.resp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AcceptPendingException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.nio.channels.IllegalChannelGroupException;
import java.nio.channels.NotYetBoundException;
import java.nio.channels.ReadPendingException;
import java.nio.channels.ShutdownChannelGroupException;
import java.nio.channels.WritePendingException;
import java.nio.channels.spi.AsynchronousChannelProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What asynchronous channels promise, of the event loop's and of the JDK's alike; then what the event loop promises besides. */
@Timeout(60)
final class EventLoopTest {
    /** Whose channels. */
    enum Channels {
        EVENT_LOOP,
        JDK;

        AsynchronousChannelProvider provider() {
            return this == JDK ? AsynchronousChannelProvider.provider() : new EventLoopProvider();
        }
    }

    /** Notes what it is told, and on which thread. */
    private static final class Told<V> implements CompletionHandler<V, String> {
        private final BlockingQueue<Object> results = new LinkedBlockingQueue<>();
        private volatile Thread thread;
        private volatile String attachment;

        @Override
        public void completed(V result, String about) {
            note(result, about);
        }

        @Override
        public void failed(Throwable e, String about) {
            note(e, about);
        }

        private void note(Object result, String about) {
            thread = Thread.currentThread();
            attachment = about;
            results.add(result);
        }

        Object next() throws InterruptedException {
            return results.take();
        }
    }

    /** A handler of what does not fail in the test; if it does, the test waits for it in vain. */
    private abstract static class Completed<V> implements CompletionHandler<V, Object> {
        @Override
        public void failed(Throwable e, Object about) {}
    }

    private AsynchronousChannelProvider provider;
    private AsynchronousChannelGroup group;
    private volatile Thread groupThread;
    private AsynchronousServerSocketChannel server;
    private final List<Socket> clients = new ArrayList<>();

    private void open(Channels channels) throws IOException {
        provider = channels.provider();
        group = provider.openAsynchronousChannelGroup(1, task -> groupThread = new Thread(task, "group"));
        server = AsynchronousServerSocketChannel.open(group);
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    }

    private int port() throws IOException {
        return ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    /** A client that has connected and waits in the system's queue. */
    private Socket client() throws IOException {
        var client = new Socket();
        clients.add(client);
        client.connect(server.getLocalAddress());
        return client;
    }

    private AsynchronousSocketChannel accepted() throws Exception {
        client();
        return server.accept().get();
    }

    private Socket lastClient() {
        return clients.get(clients.size() - 1);
    }

    private static void read(AsynchronousSocketChannel channel, ByteBuffer into, Told<Integer> told) {
        channel.read(into, "read", told);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The group's thread is busy until the latch is counted down. */
    private void block(AsynchronousSocketChannel channel, CountDownLatch until) throws InterruptedException {
        var begun = new CountDownLatch(1);
        channel.write(ByteBuffer.allocate(0), null, new Completed<Integer>() {
            @Override
            public void completed(Integer none, Object about) {
                begun.countDown();
                await(until);
            }
        });
        begun.await();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (Socket client : clients) {
            client.close();
        }
        if (group != null) {
            group.shutdownNow();
            assertTrue(group.awaitTermination(30, TimeUnit.SECONDS));
            assertTrue(group.isTerminated() && group.isShutdown());
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsAndWrites(Channels channels) throws Exception {
        open(channels);
        var accepted = new Told<AsynchronousSocketChannel>();
        server.accept("accept", accepted);
        client();
        var channel = (AsynchronousSocketChannel) accepted.next();
        assertEquals("accept", accepted.attachment);
        assertEquals(lastClient().getLocalSocketAddress(), channel.getRemoteAddress());
        assertEquals(lastClient().getRemoteSocketAddress(), channel.getLocalAddress());

        var into = ByteBuffer.allocate(10);
        var received = new Told<Integer>();
        read(channel, into, received);
        lastClient().getOutputStream().write("abc".getBytes(UTF_8));
        assertEquals(3, received.next());
        assertEquals("read", received.attachment);
        assertEquals(groupThread, received.thread);
        assertEquals("abc", new String(into.array(), 0, into.position(), UTF_8));

        var sent = new Told<Integer>();
        channel.write(ByteBuffer.wrap("defg".getBytes(UTF_8)), "write", sent);
        assertEquals(4, sent.next());
        assertEquals("write", sent.attachment);
        assertEquals(groupThread, sent.thread);
        assertEquals("defg", new String(lastClient().getInputStream().readNBytes(4), UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void readsIntoAndWritesFromSeveralBuffers(Channels channels) throws Exception {
        open(channels);
        AsynchronousSocketChannel channel = accepted();
        var told = new Told<Long>();
        ByteBuffer[] into = {
            ByteBuffer.allocate(1), ByteBuffer.allocate(2), ByteBuffer.allocate(3), ByteBuffer.allocate(9)
        };
        lastClient().getOutputStream().write("abcd".getBytes(UTF_8));
        channel.read(into, 1, 2, 0, TimeUnit.SECONDS, "read", told);
        assertEquals(4L, told.next());
        assertEquals(
                List.of(0, 2, 2, 0),
                Arrays.stream(into).map(ByteBuffer::position).toList());

        ByteBuffer[] from = {
            ByteBuffer.wrap("xx".getBytes(UTF_8)),
            ByteBuffer.wrap("ef".getBytes(UTF_8)),
            ByteBuffer.wrap("ghi".getBytes(UTF_8))
        };
        channel.write(from, 1, 2, 0, TimeUnit.SECONDS, "write", told);
        assertEquals(5L, told.next());
        assertEquals("efghi", new String(lastClient().getInputStream().readNBytes(5), UTF_8));
        assertThrows(IndexOutOfBoundsException.class, () -> channel.write(from, 2, 2, 0, TimeUnit.SECONDS, "", told));
        assertThrows(IndexOutOfBoundsException.class, () -> channel.read(into, 3, 2, 0, TimeUnit.SECONDS, "", told));
    }

    @ParameterizedTest
    @EnumSource
    void futuresTellTheSame(Channels channels) throws Exception {
        open(channels);
        Future<AsynchronousSocketChannel> accepting = server.accept();
        client();
        AsynchronousSocketChannel channel = accepting.get();
        Future<Integer> reading = channel.read(ByteBuffer.allocate(10));
        assertFalse(reading.isDone());
        lastClient().getOutputStream().write("abc".getBytes(UTF_8));
        assertEquals(3, reading.get());
        assertEquals(2, channel.write(ByteBuffer.wrap("de".getBytes(UTF_8))).get());
        assertEquals("de", new String(lastClient().getInputStream().readNBytes(2), UTF_8));
        Future<Integer> failing = channel.read(ByteBuffer.allocate(10));
        channel.close();
        assertInstanceOf(
                AsynchronousCloseException.class,
                assertThrows(ExecutionException.class, failing::get).getCause());
    }

    @ParameterizedTest
    @EnumSource
    void theEndOfInputIsMinusOne(Channels channels) throws Exception {
        open(channels);
        AsynchronousSocketChannel channel = accepted();
        lastClient().getOutputStream().write(1);
        lastClient().shutdownOutput();
        assertEquals(1, channel.read(ByteBuffer.allocate(10)).get());
        assertEquals(-1, channel.read(ByteBuffer.allocate(10)).get());
        assertEquals(-1, channel.read(ByteBuffer.allocate(10)).get());
        assertEquals(1, channel.write(ByteBuffer.allocate(1)).get());
        channel.shutdownInput().shutdownOutput();
        assertEquals(0, lastClient().getInputStream().read());
        assertEquals(-1, lastClient().getInputStream().read());
    }

    @ParameterizedTest
    @EnumSource
    void emptyBuffersAreDoneAtOnce(Channels channels) throws Exception {
        open(channels);
        AsynchronousSocketChannel channel = accepted();
        var told = new Told<Long>();
        assertEquals(0, channel.read(ByteBuffer.allocate(0)).get());
        assertEquals(0, channel.write(ByteBuffer.allocate(0)).get());
        channel.write(new ByteBuffer[] {ByteBuffer.allocate(0)}, 0, 1, 0, TimeUnit.SECONDS, "", told);
        assertEquals(0L, told.next());
        assertEquals(groupThread, told.thread);
    }

    @ParameterizedTest
    @EnumSource
    void oneOperationOfAKindAtATime(Channels channels) throws Exception {
        open(channels);
        AsynchronousSocketChannel channel = accepted();
        try (var unbound = AsynchronousServerSocketChannel.open(group)) {
            assertThrows(NotYetBoundException.class, unbound::accept);
        }
        assertThrows(AlreadyConnectedException.class, () -> channel.connect(server.getLocalAddress()));
        assertThrows(
                AlreadyConnectedException.class, () -> channel.connect(server.getLocalAddress(), "", new Told<Void>()));
        var go = new CountDownLatch(1);
        block(accepted(), go);
        Future<Integer> reading = channel.read(ByteBuffer.allocate(10));
        Future<Integer> writing = pendingWrite(channel);
        server.accept("", new Told<>());
        assertThrows(ReadPendingException.class, () -> channel.read(ByteBuffer.allocate(10)));
        assertThrows(WritePendingException.class, () -> channel.write(ByteBuffer.allocate(10)));
        assertThrows(WritePendingException.class, () -> channel.write(ByteBuffer.allocate(0)));
        assertThrows(AcceptPendingException.class, server::accept);
        assertFalse(reading.isDone() || writing.isDone());
        go.countDown();
    }

    /** A write that is pending as long as the group's thread is busy. */
    private static Future<Integer> pendingWrite(AsynchronousSocketChannel channel) {
        while (true) {
            // The JDK's are done at once while the system has room.
            Future<Integer> writing = channel.write(ByteBuffer.allocate(1 << 20));
            if (!writing.isDone()) {
                return writing;
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoCannotWriteGoesOnWhenThereIsRoom(Channels channels) throws Exception {
        open(channels);
        AsynchronousSocketChannel channel = accepted();
        byte[] sent = new byte[20 << 20];
        new Random(1).nextBytes(sent);
        var from = ByteBuffer.wrap(sent);
        var done = new CountDownLatch(1);
        channel.write(from, null, new Completed<Integer>() {
            @Override
            public void completed(Integer count, Object about) {
                if (from.hasRemaining()) {
                    channel.write(from, null, this);
                } else {
                    done.countDown();
                }
            }
        });
        // And reading goes on meanwhile.
        lastClient().getOutputStream().write(1);
        assertEquals(1, channel.read(ByteBuffer.allocate(10)).get());
        assertArrayEquals(sent, lastClient().getInputStream().readNBytes(sent.length));
        done.await();
    }

    @ParameterizedTest
    @EnumSource
    void whatCameBeforeItIsReadIsThere(Channels channels) throws Exception {
        open(channels);
        AsynchronousSocketChannel channel = accepted();
        lastClient().getOutputStream().write(new byte[] {1, 2, 3});
        assertEquals(1, channel.read(ByteBuffer.allocate(1)).get());
        // Nobody reads; others are served nevertheless.
        AsynchronousSocketChannel other = accepted();
        lastClient().getOutputStream().write(4);
        assertEquals(1, other.read(ByteBuffer.allocate(9)).get());
        assertEquals(2, channel.read(ByteBuffer.allocate(9)).get());
    }

    @ParameterizedTest
    @EnumSource
    void closingFailsWhatIsPending(Channels channels) throws Exception {
        open(channels);
        AsynchronousSocketChannel channel = accepted();
        var go = new CountDownLatch(1);
        block(accepted(), go);
        var reading = new Told<Integer>();
        read(channel, ByteBuffer.allocate(10), reading);
        Future<Integer> writing = pendingWrite(channel);
        var accepting = new Told<AsynchronousSocketChannel>();
        server.accept("", accepting);
        channel.close();
        channel.close();
        go.countDown();
        server.close();
        server.close();
        assertInstanceOf(AsynchronousCloseException.class, reading.next());
        assertInstanceOf(AsynchronousCloseException.class, accepting.next());
        assertInstanceOf(
                AsynchronousCloseException.class,
                assertThrows(ExecutionException.class, writing::get).getCause());
        assertFalse(channel.isOpen() || server.isOpen());
        read(channel, ByteBuffer.allocate(10), reading);
        assertInstanceOf(ClosedChannelException.class, reading.next());
        channel.write(ByteBuffer.allocate(1), "", reading);
        assertInstanceOf(ClosedChannelException.class, reading.next());
        channel.write(ByteBuffer.allocate(0), "", reading);
        assertInstanceOf(ClosedChannelException.class, reading.next());
        server.accept("", accepting);
        assertInstanceOf(ClosedChannelException.class, accepting.next());
    }

    @ParameterizedTest
    @EnumSource
    void closingEndsWhoWritesToSomebodyWhoDoesNotRead(Channels channels) throws Exception {
        open(channels);
        AsynchronousSocketChannel channel = accepted();
        var ended = new Told<Integer>();
        var manyWritten = new CountDownLatch(2);
        channel.write(ByteBuffer.allocate(1 << 20), null, new CompletionHandler<Integer, Object>() {
            @Override
            public void completed(Integer count, Object about) {
                manyWritten.countDown();
                channel.write(ByteBuffer.allocate(1 << 20), null, this);
            }

            @Override
            public void failed(Throwable e, Object about) {
                ended.failed(e, "");
            }
        });
        manyWritten.await();
        channel.close();
        assertInstanceOf(ClosedChannelException.class, ended.next());
    }

    @ParameterizedTest
    @EnumSource
    void whoIsClosedIsMissedAtOnce(Channels channels) throws Exception {
        open(channels);
        AsynchronousSocketChannel channel = accepted();
        var reading = new Told<Integer>();
        read(channel, ByteBuffer.allocate(10), reading);
        channel.close();
        assertEquals(-1, lastClient().getInputStream().read());
        int port = port();
        server.accept("", new Told<>());
        server.close();
        assertThrows(ConnectException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
    }

    @ParameterizedTest
    @EnumSource
    void aPeerThatBreaksOffFailsTheOperation(Channels channels) throws Exception {
        open(channels);
        AsynchronousSocketChannel channel = accepted();
        lastClient().setSoLinger(true, 0);
        lastClient().close();
        assertInstanceOf(
                IOException.class,
                assertThrows(
                                ExecutionException.class,
                                () -> channel.read(ByteBuffer.allocate(1)).get())
                        .getCause());
        assertTrue(channel.isOpen());
    }

    @ParameterizedTest
    @EnumSource
    void badBuffersAreRefused(Channels channels) throws Exception {
        open(channels);
        AsynchronousSocketChannel channel = accepted();
        var readOnly = ByteBuffer.allocate(1).asReadOnlyBuffer();
        assertThrows(IllegalArgumentException.class, () -> channel.read(readOnly));
        assertThrows(
                IllegalArgumentException.class,
                () -> channel.read(new ByteBuffer[] {readOnly}, 0, 1, 0, TimeUnit.SECONDS, "", new Told<Long>()));
        assertThrows(NullPointerException.class, () -> channel.read(ByteBuffer.allocate(1), "", null));
        assertThrows(NullPointerException.class, () -> channel.write(ByteBuffer.allocate(1), "", null));
        assertThrows(NullPointerException.class, () -> server.accept("", null));
    }

    @ParameterizedTest
    @EnumSource
    void shuttingDownNowFailsWhatIsPendingAndTakesNothingNew(Channels channels) throws Exception {
        open(channels);
        AsynchronousSocketChannel channel = accepted();
        Future<Integer> reading = channel.read(ByteBuffer.allocate(10));
        Future<AsynchronousSocketChannel> accepting = server.accept();
        var idleServer = AsynchronousServerSocketChannel.open(group);
        group.shutdownNow();
        assertTrue(group.awaitTermination(30, TimeUnit.SECONDS));
        assertInstanceOf(
                AsynchronousCloseException.class,
                assertThrows(ExecutionException.class, reading::get).getCause());
        assertInstanceOf(
                AsynchronousCloseException.class,
                assertThrows(ExecutionException.class, accepting::get).getCause());
        assertFalse(channel.isOpen() || server.isOpen() || idleServer.isOpen());
        assertThrows(ShutdownChannelGroupException.class, () -> AsynchronousServerSocketChannel.open(group));
        channel.close();
    }

    @ParameterizedTest
    @EnumSource
    void shuttingDownWaitsForTheLastChannel(Channels channels) throws Exception {
        open(channels);
        AsynchronousSocketChannel channel = accepted();
        group.shutdown();
        assertTrue(group.isShutdown());
        assertThrows(ShutdownChannelGroupException.class, () -> AsynchronousServerSocketChannel.open(group));
        assertEquals(1, channel.write(ByteBuffer.allocate(1)).get());
        server.close();
        assertEquals(1, channel.write(ByteBuffer.allocate(1)).get());
        assertFalse(group.isTerminated());
        channel.close();
        assertTrue(group.awaitTermination(30, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @EnumSource
    void whoInterruptsTheThreadDisturbsNobodyElse(Channels channels) throws Exception {
        open(channels);
        AsynchronousSocketChannel channel = accepted();
        var interrupted = new LinkedBlockingQueue<Boolean>();
        var interrupting = new Completed<Integer>() {
            @Override
            public void completed(Integer count, Object about) {
                interrupted.add(Thread.currentThread().isInterrupted());
                Thread.currentThread().interrupt();
            }
        };
        for (int i = 0; i < 3; i++) {
            channel.read(ByteBuffer.allocate(1), null, interrupting);
            lastClient().getOutputStream().write(1);
            assertFalse(interrupted.take());
            channel.write(ByteBuffer.allocate(1), null, interrupting);
            assertEquals(0, lastClient().getInputStream().read());
            assertFalse(interrupted.take());
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyClientsAreServed(Channels channels) throws Exception {
        open(channels);
        var echo = new Completed<AsynchronousSocketChannel>() {
            @Override
            public void completed(AsynchronousSocketChannel channel, Object about) {
                server.accept(null, this);
                var buffer = ByteBuffer.allocate(100);
                channel.read(buffer, null, new Completed<Integer>() {
                    @Override
                    public void completed(Integer count, Object about) {
                        if (buffer.flip().hasRemaining()) {
                            var reader = this;
                            channel.write(buffer, null, new Completed<Integer>() {
                                @Override
                                public void completed(Integer count, Object about) {
                                    channel.read(buffer.clear(), null, reader);
                                }
                            });
                        }
                    }
                });
            }
        };
        server.accept(null, echo);
        for (int i = 0; i < 3 * EventLoop.MOST_WRITES; i++) {
            client();
        }
        for (int round = 0; round < 20; round++) {
            for (Socket client : clients) {
                client.getOutputStream().write(new byte[] {1, 2, (byte) round});
            }
            for (Socket client : clients) {
                assertArrayEquals(
                        new byte[] {1, 2, (byte) round}, client.getInputStream().readNBytes(3));
            }
        }
    }

    @Test
    void whatIsWrittenIsWrittenWhenAllHandlersOfTheRoundHaveRun() throws Exception {
        open(Channels.EVENT_LOOP);
        var events = new LinkedBlockingQueue<String>();
        var channels = new ArrayList<AsynchronousSocketChannel>();
        for (int i = 0; i < 3; i++) {
            channels.add(accepted());
        }
        for (AsynchronousSocketChannel channel : channels) {
            channel.read(ByteBuffer.allocate(9), null, new Completed<Integer>() {
                @Override
                public void completed(Integer count, Object about) {
                    events.add("read");
                    channel.write(ByteBuffer.allocate(2), null, new Completed<Integer>() {
                        @Override
                        public void completed(Integer count, Object about) {
                            events.add("written");
                        }
                    });
                }
            });
        }
        var allHaveSent = new CountDownLatch(1);
        block(channels.get(0), allHaveSent);
        for (Socket client : clients) {
            client.getOutputStream().write(1);
        }
        allHaveSent.countDown();
        for (Socket client : clients) {
            client.getInputStream().readNBytes(2);
        }
        for (String event : List.of("read", "read", "read", "written", "written", "written")) {
            assertEquals(event, events.take());
        }
    }

    @Test
    void whatOneHandlerWritesToManyDoesNotPileUp() throws Exception {
        open(Channels.EVENT_LOOP);
        var channels = new ArrayList<AsynchronousSocketChannel>();
        for (int i = 0; i < EventLoop.MOST_WRITES + 10; i++) {
            channels.add(accepted());
        }
        var told = new Told<Integer>();
        var toldWithin = new Told<Integer>();
        channels.get(0).write(ByteBuffer.allocate(0), "", new Completed<Integer>() {
            @Override
            public void completed(Integer none, Object about) {
                channels.forEach(channel -> channel.write(ByteBuffer.allocate(3), "", told));
                toldWithin.completed(told.results.size(), "");
            }
        });
        assertEquals(10, toldWithin.next());
        for (Socket client : clients) {
            assertEquals(3, told.next());
            assertEquals(3, client.getInputStream().readNBytes(3).length);
        }
    }

    @Test
    void aHandlerThatFailsEndsNothingElse() throws Exception {
        open(Channels.EVENT_LOOP);
        AsynchronousSocketChannel channel = accepted();
        lastClient().getOutputStream().write(1);
        Thread before = groupThread;
        var failed = new CountDownLatch(2);
        var failing = new Completed<Integer>() {
            @Override
            public void completed(Integer count, Object about) {
                failed.countDown();
                throw new IllegalStateException("as intended by this test");
            }
        };
        channel.read(ByteBuffer.allocate(1), null, failing);
        channel.write(ByteBuffer.allocate(0), null, failing);
        failed.await();
        assertEquals(1, channel.write(ByteBuffer.allocate(1)).get());
        lastClient().getOutputStream().write(1);
        assertTrue(channel.read(ByteBuffer.allocate(1)).get() == 1 && before == groupThread && before.isAlive());
    }

    @Test
    void anExecutorsThreadServesAsWell() throws Exception {
        var executor = Executors.newSingleThreadExecutor(task -> groupThread = new Thread(task));
        provider = new EventLoopProvider();
        group = provider.openAsynchronousChannelGroup(executor, 1);
        server = AsynchronousServerSocketChannel.open(group)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        AsynchronousSocketChannel channel = accepted();
        var told = new Told<Integer>();
        channel.write(ByteBuffer.allocate(1), "", told);
        assertEquals(1, told.next());
        assertEquals(groupThread, told.thread);
        executor.shutdown();
        group.shutdownNow();
        assertTrue(executor.awaitTermination(30, TimeUnit.SECONDS));
    }

    @Test
    void limitsAreSaid() throws Exception {
        open(Channels.EVENT_LOOP);
        AsynchronousSocketChannel channel = accepted();
        assertThrows(
                UnsupportedOperationException.class,
                () -> channel.read(ByteBuffer.allocate(1), 1, TimeUnit.SECONDS, "", new Told<>()));
        assertThrows(
                UnsupportedOperationException.class,
                () -> channel.write(ByteBuffer.allocate(1), 1, TimeUnit.SECONDS, "", new Told<>()));
        assertThrows(UnsupportedOperationException.class, () -> AsynchronousSocketChannel.open(group));
        assertThrows(IllegalArgumentException.class, () -> provider.openAsynchronousChannelGroup(2, Thread::new));
        AsynchronousChannelGroup other = AsynchronousChannelGroup.withFixedThreadPool(1, Thread::new);
        try {
            assertThrows(IllegalChannelGroupException.class, () -> provider.openAsynchronousServerSocketChannel(other));
            assertThrows(IllegalChannelGroupException.class, () -> provider.openAsynchronousServerSocketChannel(null));
        } finally {
            other.shutdownNow();
        }
    }
}

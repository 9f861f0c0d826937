package io.miniredis.protocol.resp;

import io.miniredis.api.Numbers;
import io.miniredis.api.Reply;
import io.miniredis.api.ReplySource;
import io.miniredis.api.Slice;
import io.miniredis.api.transport.Connection;
import io.miniredis.api.transport.Dispatcher;
import io.miniredis.api.transport.ReplyStream;
import io.miniredis.api.transport.RequestBatch;
import io.miniredis.api.transport.Session;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An engine with a few commands that need no data, for tests of the protocol:
 *
 * <pre>
 * PING            +PONG
 * ECHO text       the text
 * SET ...         +OK
 * GET ...         32 bytes
 * COUNT ...       how many arguments, its name included
 * BIG n           n bytes
 * LENT n          n bytes, lent
 * SERIES n        the numbers from 0 to n - 1, written as they are sent
 * LIAR            an array of 100,000 values that breaks off
 * HELLO 3         a map, in RESP3 from here on
 * AUTH            +OK, and large requests are allowed from here on
 * THREAD          the I/O thread's name
 * SILENT          nothing
 * GATE            +OK, as soon as the test opens the gate
 * WAIT            +WOKEN, as soon as a WAKE for this client has arrived
 * WAKE n          +OK, and ends the waiting of the n-th client
 * FLOOD           nothing, and from here on messages without end
 * CALM            +CALM, and no more messages
 * QUIT            +OK, then the end
 * DIE             the end, at once
 * CRASH           half a reply and a bug
 * </pre>
 */
final class EchoDispatcher implements Dispatcher {
    /** A run of requests is interrupted when this much waits to be sent. */
    static final int REPLY_LIMIT = 256 * 1024;

    static final byte[] MESSAGE =
            "a message that nobody asked for\r\n".repeat(100).getBytes(StandardCharsets.US_ASCII);

    private static final byte[] VALUE = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    final AtomicLong inputBytes = new AtomicLong();
    final AtomicLong outputBytes = new AtomicLong();
    final AtomicLong executed = new AtomicLong();
    final BlockingQueue<String> protocolErrors = new LinkedBlockingQueue<>();
    final BlockingQueue<Connection> connected = new LinkedBlockingQueue<>();
    final BlockingQueue<Connection> disconnected = new LinkedBlockingQueue<>();
    final List<Connection> connections = new CopyOnWriteArrayList<>();
    final BlockingQueue<Connection> overflowed = new LinkedBlockingQueue<>();
    final List<EchoSession> sessions = new CopyOnWriteArrayList<>();
    /** All that requests came in. */
    final Set<RequestBatch> batches = ConcurrentHashMap.newKeySet();
    /** GATE has arrived. */
    final CountDownLatch atGate = new CountDownLatch(1);
    /** GATE may pass. */
    final CountDownLatch gate = new CountDownLatch(1);

    /** Who answered THREAD last. */
    volatile Thread thread;

    volatile boolean full;
    volatile boolean requireAuthentication;

    @Override
    public Session connected(Connection connection) {
        if (full) {
            return null;
        }
        connections.add(connection);
        connected.add(connection);
        EchoSession session = new EchoSession(connection);
        sessions.add(session);
        return session;
    }

    @Override
    public String refusal() {
        return "ERR max number of clients reached";
    }

    @Override
    public void protocolError(String message) {
        protocolErrors.add(message);
    }

    @Override
    public void traffic(long input, long output) {
        inputBytes.addAndGet(input);
        outputBytes.addAndGet(output);
    }

    /** One client's side. */
    final class EchoSession implements Session {
        private final Connection connection;
        private final Slice name = new Slice();
        private final Slice argument = new Slice();
        private final AtomicLong wakes = new AtomicLong();
        private volatile boolean waiting;
        private boolean flooding;
        private boolean resp3;
        private boolean authenticated = !requireAuthentication;

        EchoSession(Connection connection) {
            this.connection = connection;
        }

        @Override
        public int execute(RequestBatch batch, int from, ReplyStream replies) {
            batches.add(batch);
            replies.protocol(resp3 ? 3 : 2);
            int i = from;
            while (i < batch.size()) {
                replies.begin();
                boolean goOn = run(batch, i++, replies);
                executed.incrementAndGet();
                if (!goOn || waiting || replies.pendingBytes() > REPLY_LIMIT) {
                    break;
                }
            }
            return i;
        }

        /** False if it is the connection's last request. */
        private boolean run(RequestBatch batch, int request, ReplyStream replies) {
            int first = batch.firstArgument(request);
            name.wrap(batch.buffer(), batch.offset(first), batch.length(first));
            if (batch.argumentCount(request) > 1) {
                argument.wrap(batch.buffer(), batch.offset(first + 1), batch.length(first + 1));
            }
            if (name.is("SET")) {
                replies.ok();
            } else if (name.is("GET")) {
                replies.bulk(VALUE);
            } else if (name.is("PING")) {
                replies.simple("PONG");
            } else if (name.is("ECHO")) {
                replies.bulk(argument);
            } else {
                return runRare(batch.argumentCount(request), replies);
            }
            return true;
        }

        private boolean runRare(int argumentCount, ReplyStream replies) {
            switch (name.toString()) {
                case "COUNT" -> replies.integer(argumentCount);
                case "BIG" -> replies.bulk(bytes(number()));
                case "LENT" -> {
                    byte[] bytes = bytes(number());
                    replies.bulk(new Slice().wrap(bytes, 0, bytes.length, () -> {}));
                }
                case "SERIES" -> replies.array(number(), new Series(number()));
                case "LIAR" -> replies.array(100_000, new Series(50_000));
                case "HELLO" -> {
                    resp3 = true;
                    replies.protocol(3);
                    replies.map(1);
                    replies.bulk("proto");
                    replies.integer(3);
                }
                case "AUTH" -> {
                    authenticated = true;
                    replies.ok();
                }
                case "THREAD" -> {
                    thread = Thread.currentThread();
                    replies.bulk(thread.getName());
                }
                case "SILENT" -> {}
                case "GATE" -> {
                    atGate.countDown();
                    await(gate);
                    replies.ok();
                }
                case "WAIT" -> {
                    waiting = true;
                    resume(replies);
                }
                case "WAKE" -> {
                    sessions.get(number()).wake();
                    replies.ok();
                }
                case "FLOOD" -> {
                    flooding = true;
                    connection.wake();
                }
                case "CALM" -> {
                    flooding = false;
                    replies.simple("CALM");
                }
                case "QUIT" -> {
                    replies.ok();
                    connection.closeAfterReply();
                    return false;
                }
                case "DIE" -> {
                    connection.close();
                    return false;
                }
                case "CRASH" -> {
                    replies.array(2);
                    throw new IllegalStateException("a bug, on purpose");
                }
                default -> replies.error("ERR unknown command '" + name + "'");
            }
            return true;
        }

        /** Ends the client's waiting, or the next one. */
        void wake() {
            wakes.incrementAndGet();
            connection.wake();
        }

        @Override
        public boolean isWaiting() {
            return waiting;
        }

        @Override
        public void resume(ReplyStream replies) {
            if (flooding) {
                replies.begin();
                replies.message(MESSAGE);
                connection.wake();
            }
            if (waiting && wakes.get() > 0) {
                wakes.decrementAndGet();
                waiting = false;
                replies.begin();
                replies.simple("WOKEN");
            }
        }

        private int number() {
            try {
                return (int) Numbers.integer(argument);
            } catch (Exception e) {
                throw new IllegalArgumentException(e);
            }
        }

        private byte[] bytes(int length) {
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) 'x');
            return bytes;
        }

        private void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public boolean isListening() {
            return flooding;
        }

        @Override
        public boolean authenticated() {
            return authenticated;
        }

        @Override
        public void overflowed() {
            overflowed.add(connection);
        }

        @Override
        public void disconnected() {
            disconnected.add(connection);
        }
    }

    /** Numbers from 0 on. */
    private static final class Series implements ReplySource {
        private final int end;
        private int next;

        Series(int end) {
            this.end = end;
        }

        @Override
        public void write(Reply reply, int bytes) {
            for (int written = 0; written < bytes && next < end; written += 8) {
                reply.integer(next++);
            }
        }

        @Override
        public long remainingBytes() {
            return (end - next) * 8L;
        }
    }
}

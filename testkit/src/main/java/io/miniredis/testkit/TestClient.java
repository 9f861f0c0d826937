package io.miniredis.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.miniredis.api.transport.Connection;
import io.miniredis.api.transport.Dispatcher;
import io.miniredis.api.transport.ReplyStream;
import io.miniredis.api.transport.RequestBatch;
import io.miniredis.api.transport.Session;
import io.miniredis.protocol.resp.ChunkPool;
import io.miniredis.protocol.resp.ProtocolException;
import io.miniredis.protocol.resp.ReplyWriter;
import io.miniredis.protocol.resp.RequestDecoder;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A client of a {@link TestServer}. What it sends is encoded, decoded, run, encoded and decoded again, by the classes
 * that serve real clients.
 *
 * <p>Text stands for bytes, one for each character. Replies are shown as text: {@code +OK},
 * {@code -ERR syntax error}, {@code 42}, {@code 'bulk'}, {@code nil}, {@code nil-array}, {@code ['a', 1]}; in RESP3 also
 * {@code ~['a']} for a set, {@code >['a']} for a push, {@code {'k': 1}} for a map, {@code true}, {@code 1.5}, {@code txt:'text'}.
 */
public final class TestClient implements AutoCloseable {
    /** What stands for no reply. */
    public static final String WAITING = "(waiting)";

    /** How long another thread may take. */
    private static final long MOST_SECONDS = 10;

    private final Session session;
    private final FakeConnection connection;
    private final RequestDecoder decoder;
    private final ReplyWriter replies = new ReplyWriter(new ChunkPool());
    private final RequestBatch batch = new RequestBatch();

    /** What was received and is still needed. */
    private byte[] input = new byte[0];

    private boolean malformed;

    TestClient(Dispatcher dispatcher, int number, LongSupplier maxBulkBytes) {
        connection = new FakeConnection(number);
        decoder = new RequestDecoder(maxBulkBytes);
        session = dispatcher.connected(connection);
        if (session == null) {
            throw new IllegalStateException(dispatcher.refusal());
        }
        batch.clear(input);
    }

    /**
     * Sends a command.
     *
     * @param args its name and arguments
     * @return the reply; {@link #WAITING} if it waits, for a key to come up, say
     */
    public String send(String... args) {
        return one(exchange(request(args)));
    }

    /**
     * Whether a command waits, so that those sent after it wait too. What it was waiting for is received by {@link #receive}.
     *
     * @return false when all that was sent is answered
     */
    public boolean isWaiting() {
        return session.isWaiting();
    }

    /**
     * Receives what the last command was waiting for.
     *
     * @return the reply; {@link #WAITING} if it goes on waiting
     */
    public String receive() {
        return one(answers());
    }

    /**
     * Receives what the last command is waiting for, as soon as another thread has done its part: of a command that has work
     * offloaded, say.
     *
     * @return the reply
     * @throws IllegalStateException if nothing has come up within ten seconds
     */
    public String await() {
        return one(awaitWire());
    }

    byte[] awaitWire() {
        connection.awaitWake();
        return answers();
    }

    /**
     * Receives what the last commands were waiting for.
     *
     * @return the replies
     */
    public List<String> receiveAll() {
        return texts(answers());
    }

    private static String one(byte[] wire) {
        return wire.length == 0 ? WAITING : ReplyValue.ofOne(wire).toString();
    }

    private static List<String> texts(byte[] wire) {
        return ReplyValue.ofAll(wire).stream().map(ReplyValue::toString).toList();
    }

    /**
     * Sends a command whose arguments are any bytes.
     *
     * @param args its name and arguments
     * @return the reply; {@link #WAITING} if it waits
     */
    public String sendBytes(byte[]... args) {
        return one(exchange(request(args)));
    }

    /**
     * Sends a command, and shows the reply as it is on the wire.
     *
     * @param args its name and arguments
     * @return the reply's bytes; none if it waits
     */
    public String wire(String... args) {
        return new String(exchange(request(args)), ISO_8859_1);
    }

    /**
     * Sends several commands in one piece.
     *
     * @param commands each with its arguments, separated by single blanks
     * @return the replies
     */
    public List<String> pipeline(String... commands) {
        ByteArrayOutputStream requests = new ByteArrayOutputStream();
        for (String command : commands) {
            requests.writeBytes(request(command.split(" ", -1)));
        }
        return texts(exchange(requests.toByteArray()));
    }

    /**
     * Sends any bytes: whole requests, a part of one, or none.
     *
     * @param wire what the server receives
     * @return what it answers, which may be nothing
     */
    public byte[] exchange(byte[] wire) {
        int limit = input.length + wire.length;
        byte[] more = Arrays.copyOf(input, limit);
        System.arraycopy(wire, 0, more, input.length, wire.length);
        input = more;
        return answers();
    }

    /**
     * Receives what the last command was waiting for, as it is on the wire.
     *
     * @return the reply's bytes; none if it goes on waiting
     */
    public String receiveWire() {
        return new String(answers(), ISO_8859_1);
    }

    /** Runs what can be run. */
    private byte[] answers() {
        try {
            if (connection.woken) {
                connection.woken = false;
                session.resume(replies);
            }
            batch.keep(0, input, 0);
            int next = 0;
            while (!isClosed() && !session.isWaiting()) {
                if (next == batch.size()) {
                    batch.keep(next, input, 0);
                    next = 0;
                    decoder.decode(input, input.length, batch, session.authenticated());
                    if (batch.size() == 0) {
                        break;
                    }
                }
                next = session.execute(batch, next, replies);
            }
            forget(next);
        } catch (ProtocolException e) {
            malformed = true;
            replies.protocol(2);
            replies.begin();
            replies.error("ERR Protocol error: " + e.getMessage());
        }
        return replies.takeBytes();
    }

    /** Forgets the requests before one, and the bytes before it. */
    private void forget(int next) {
        int consumed = decoder.consumed();
        if (next < batch.size()) {
            consumed = next == 0 ? 0 : batch.end(next - 1);
        }
        input = Arrays.copyOfRange(input, consumed, input.length);
        decoder.moved(consumed);
        batch.keep(next, input, consumed);
    }

    /**
     * Switches to RESP3.
     *
     * @return this client
     */
    public TestClient resp3() {
        exchange(request("HELLO", "3"));
        return this;
    }

    /**
     * Whether the server has ended the connection.
     *
     * @return true if it takes no more commands
     */
    public boolean isClosed() {
        return malformed || connection.closed;
    }

    /** Ends the connection. The client must not be used any more. */
    @Override
    public void close() {
        connection.close();
        session.disconnected();
    }

    private static byte[][] bytes(String... args) {
        byte[][] bytes = new byte[args.length][];
        for (int i = 0; i < args.length; i++) {
            bytes[i] = args[i].getBytes(ISO_8859_1);
        }
        return bytes;
    }

    static byte[] request(String... args) {
        return request(bytes(args));
    }

    private static byte[] request(byte[]... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("*" + args.length + "\r\n").getBytes(ISO_8859_1));
        for (byte[] arg : args) {
            out.writeBytes(("$" + arg.length + "\r\n").getBytes(ISO_8859_1));
            out.writeBytes(arg);
            out.writeBytes(new byte[] {'\r', '\n'});
        }
        return out.toByteArray();
    }

    private static final class FakeConnection implements Connection {
        private final int number;
        private volatile boolean woken;
        private volatile boolean closed;

        FakeConnection(int number) {
            this.number = number;
        }

        @Override
        public String remoteAddress() {
            return "127.0.0.1:" + (50_000 + number);
        }

        @Override
        public String localAddress() {
            return "127.0.0.1:6379";
        }

        @Override
        public int inputBytes() {
            return 0;
        }

        @Override
        public int inputFreeBytes() {
            return 0;
        }

        @Override
        public long outputBytes() {
            return 0;
        }

        @Override
        public byte[] encode(int version, Consumer<? super ReplyStream> message) {
            return ReplyWriter.encode(version, message);
        }

        @Override
        public synchronized void wake() {
            woken = true;
            notifyAll();
        }

        private synchronized void awaitWake() {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
            try {
                while (!woken && System.nanoTime() - deadline < 0) {
                    wait(TimeUnit.SECONDS.toMillis(MOST_SECONDS));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (!woken) {
                throw new IllegalStateException("nothing has come up");
            }
        }

        @Override
        public void closeAfterReply() {
            closed = true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}

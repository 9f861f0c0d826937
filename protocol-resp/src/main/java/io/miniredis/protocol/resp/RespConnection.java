package io.miniredis.protocol.resp;

import io.miniredis.api.transport.Connection;
import io.miniredis.api.transport.ReplyStream;
import io.miniredis.api.transport.RequestBatch;
import io.miniredis.api.transport.Session;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.nio.channels.ShutdownChannelGroupException;
import java.nio.channels.WritePendingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection. It does one thing at a time: reads, runs the requests that are complete, sends all their replies in
 * one write, and only when these are sent goes on. So a client that does not read is not read from, and what is held for it is
 * bounded. A read and a write are outstanding together only when something comes up for a client that is being read from,
 * such as the end of its waiting for a key, or a message.
 *
 * <p>All of this happens on the thread of its {@link IoThread}; none of the fields needs more than that, except
 * {@link #closing}, {@link #woken} and {@link #phase}. Other threads may ask how much is buffered, and get a recent answer, may
 * wake it and may close. They never dispose of anything: a closed channel makes the outstanding operation fail, on the
 * connection's own thread.
 *
 * <p>What it sends is sent when the other connections of this round have run their requests, see {@link EventLoop}. A channel may also
 * complete an operation before it returns, from within, as the JDK's do; so {@link #proceed} is a loop.
 */
final class RespConnection implements Connection {
    private static final Logger LOG = LoggerFactory.getLogger(RespConnection.class);

    private static final CompletionHandler<Integer, RespConnection> RECEIVED = new Received();
    private static final CompletionHandler<Integer, RespConnection> SENT = new Sent<>();
    private static final CompletionHandler<Long, RespConnection> GATHERED = new Sent<>();
    private static final CompletionHandler<Integer, RespConnection> WOKEN = new Woken();

    private static final String NO_ROOM = "OOM the heap has no room for a request of this size";

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private static final AtomicIntegerFieldUpdater<RespConnection> PHASE =
            AtomicIntegerFieldUpdater.newUpdater(RespConnection.class, "phase");

    /** Running, sending, or being set up. */
    private static final int BUSY = 0;
    /** Reading, with nothing to send: may be closed by any thread that moves it on to {@link #CLOSED}. */
    private static final int READING = 1;

    private static final int CLOSED = 2;

    private static final AtomicLongFieldUpdater<RespConnection> LEAVING =
            AtomicLongFieldUpdater.newUpdater(RespConnection.class, "leavingBytes");

    /** Nobody need cut off a connection any more that has given everything back. */
    private static final long GONE = -1;

    /** How much of a long reply is written before it is sent, while there is plenty of memory: each part is a system call. */
    private static final int LARGE_WINDOW_BYTES = 256 * 1024;

    /** The same otherwise. */
    private static final int WINDOW_BYTES = 64 * 1024;

    /** The same when memory is tight. */
    private static final int SMALL_WINDOW_BYTES = Chunk.BYTES / 2;

    private final IoThread io;
    private final AsynchronousSocketChannel channel;
    private final InetSocketAddress remote;
    private final RequestDecoder decoder;
    private final InputBuffer input;
    /** Null for a client that is refused. */
    private Session session;

    /** The requests that are being run, and the arguments of an incomplete one; null when there is neither. */
    private RequestBatch batch;
    /** The first request in the batch that was not run. */
    private int next;
    /** How many bytes of the input the requests before that took. */
    private int executedBytes;
    /** Whether the input holds no further complete request. */
    private boolean starved = true;

    /** The chunks that are to be sent; null when there are none. */
    private Chunk output;

    private long outputBytes;
    /** The array that a gathering write was given; null when there is none. */
    private ByteBuffer[] gather;
    /** Bytes received and not yet reported. */
    private int unreportedBytes;

    /** Whether {@link #proceed} runs, here or further up the stack. */
    private boolean proceeding;
    /** Whether a read is outstanding. */
    private boolean reading;
    /** Whether a write is outstanding. */
    private boolean writing;
    /** Whether all is over. */
    private boolean disposed;

    @SuppressWarnings("UnusedVariable") // read through PHASE
    private volatile int phase = BUSY;
    /** Whether to close as soon as there is nothing to send. */
    private volatile boolean closing;
    /** Whether something came up for the session. */
    private volatile boolean woken;
    /** What it held when it was cut off for the sake of others; 0 if it was not. */
    @SuppressWarnings("UnusedVariable") // used through LEAVING
    private volatile long leavingBytes;

    /** Counts completed operations, for {@link #sweep}. */
    private int operations;
    /** Used by the sweeping thread alone: the count, and the time, when it last saw the count change. */
    private int sweptOperations = -1;

    private long sweptNanos;

    RespConnection(AsynchronousSocketChannel channel, IoThread io) throws IOException {
        this.io = io;
        this.channel = channel;
        remote = (InetSocketAddress) channel.getRemoteAddress();
        input = new InputBuffer(io.spareBuffers(), io.memory());
        decoder = new RequestDecoder(io.options().maxBulkBytes());
    }

    /** Begins to serve the client, or refuses to. */
    void open() {
        try {
            session = io.dispatcher().connected(this);
            if (session == null) {
                String refusal = io.dispatcher().refusal(this);
                LOG.debug("{} refused: {}", this, refusal);
                sendAndClose("-" + refusal + "\r\n");
            } else {
                LOG.debug("{} connected", this);
            }
        } catch (RuntimeException e) {
            crashed(e);
        }
        proceed();
    }

    /** Does all that can be done without waiting. */
    private void proceed() {
        if (proceeding) {
            return;
        }
        proceeding = true;
        try {
            while (!writing && !disposed) {
                if (woken && output == null) {
                    resume();
                } else if (output != null) {
                    send();
                } else if (closing) {
                    dispose();
                } else if (session.isWaiting() || !serve()) {
                    if (reading) {
                        beReading();
                        return;
                    }
                    receive();
                }
            }
        } catch (ShutdownChannelGroupException e) {
            dispose();
        } catch (Throwable e) {
            crashed(e);
        } finally {
            proceeding = false;
            io.resumeWoken();
        }
    }

    /** A bug, or memory that ran out, costs this connection and no other. */
    private void crashed(Throwable e) {
        LOG.error("{} closed because of an internal error", this, e);
        io.chunks().giveAll(io.replies().take());
        dispose();
    }

    /** Runs requests; false if none is complete. */
    private boolean serve() {
        if (batch == null || next == batch.size()) {
            if (starved) {
                return false;
            }
            try {
                decode();
            } catch (ProtocolException e) {
                breach(e.getMessage(), e.offset());
                return true;
            }
            if (batch.size() == 0) {
                return false;
            }
        }
        ReplyWriter replies = io.replies();
        replies.protocol(2);
        int from = next;
        next = session.execute(batch, from, replies);
        executedBytes = next == 0 ? 0 : batch.end(next - 1);
        queueReplies();
        if (next == from && output == null && !closing && !disposed && !session.isWaiting()) {
            throw new IllegalStateException("the session neither ran a request nor replied");
        }
        giveBatchIfDone();
        return true;
    }

    /**
     * Lets the session reply to what came up. So that a client to whom messages come without end is heard nevertheless, what it has sent
     * gets a turn each time.
     */
    private void resume() {
        woken = false;
        boolean hasRequests = !session.isWaiting() && (!starved || (batch != null && next < batch.size()));
        if (!reading && !hasRequests && !closing) {
            receive();
        }
        if (disposed || !beBusy()) {
            dispose();
            return;
        }
        ReplyWriter replies = io.replies();
        replies.protocol(2);
        session.resume(replies);
        queueReplies();
        if (!closing && !disposed && !session.isWaiting()) {
            serve();
        }
    }

    private void decode() throws ProtocolException {
        if (batch == null) {
            batch = io.takeBatch();
            batch.clear(input.bytes());
        } else {
            batch.keep(batch.size(), input.bytes(), 0);
        }
        next = 0;
        starved = decoder.decode(input.bytes(), input.filled(), batch, session.authenticated());
    }

    private void breach(String message, int offset) {
        LOG.debug("{} breaks the protocol at byte {} of {}: {}", this, offset, input.filled(), message);
        io.dispatcher().protocolError("ERR Protocol error: " + message);
        sendAndClose("-ERR Protocol error: " + message + "\r\n");
    }

    private void sendAndClose(String line) {
        closing = true;
        io.replies().raw(line.getBytes(StandardCharsets.ISO_8859_1));
        queueReplies();
    }

    /** Takes over what was written; if there was no room for that, this is the end. */
    private void queueReplies() {
        Chunk chunks = io.replies().take();
        if (io.replies().overflowed()) {
            overflow();
        } else {
            queue(chunks);
        }
    }

    private void overflow() {
        if (session != null) {
            session.overflowed();
        }
        dispose();
    }

    /** Notes what is to be sent, after what waits already. */
    private void queue(Chunk chunks) {
        long bytes = 0;
        for (Chunk chunk = chunks; chunk != null; chunk = chunk.next) {
            bytes += chunk.view.remaining();
        }
        output = Chunk.join(output, chunks);
        outputBytes += bytes;
        report(bytes);
    }

    private void report(long written) {
        if (unreportedBytes > 0 || written > 0) {
            io.dispatcher().traffic(unreportedBytes, written);
            unreportedBytes = 0;
        }
    }

    private void send() {
        unfold();
        if (disposed) {
            return;
        }
        writing = true;
        io.dispatcher().writing();
        if (output.next == null) {
            channel.write(output.view, this, SENT);
            return;
        }
        gather = io.takeGather();
        int count = 0;
        boolean whole = true;
        for (Chunk chunk = output; chunk != null && whole && count < gather.length; chunk = chunk.next) {
            gather[count++] = chunk.view;
            whole = chunk.deferred == null;
        }
        channel.write(gather, 0, count, 0, TimeUnit.MILLISECONDS, this, GATHERED);
    }

    /** Writes as much of what is deferred as is worth being sent now. */
    private void unfold() {
        long ready = 0;
        int window = LARGE_WINDOW_BYTES;
        for (Chunk chunk = output; chunk != null && ready < window; chunk = chunk.next) {
            ready += chunk.view.remaining();
            if (chunk.deferred != null) {
                window = windowBytes();
            }
            if (chunk.deferred != null && ready < window) {
                long unfolded = io.replies().unfold(chunk, (int) (window - ready));
                if (io.replies().overflowed()) {
                    overflow();
                    return;
                }
                outputBytes += unfolded;
                io.dispatcher().traffic(0, unfolded);
            }
        }
    }

    private int windowBytes() {
        BufferMemory memory = io.memory();
        if (memory.isTight()) {
            return SMALL_WINDOW_BYTES;
        }
        return memory.isPlentiful() ? LARGE_WINDOW_BYTES : WINDOW_BYTES;
    }

    private void sent(long count) {
        writing = false;
        operations++;
        outputBytes -= count;
        giveGather();
        while (output != null && !output.view.hasRemaining() && output.deferred == null) {
            Chunk chunk = output;
            output = chunk.next;
            io.chunks().give(chunk);
        }
        proceed();
    }

    private void giveGather() {
        if (gather != null) {
            io.giveGather(gather);
            gather = null;
        }
    }

    private void receive() {
        int consumed = batch == null || next == batch.size() ? decoder.consumed() : executedBytes;
        if (input.filled() - consumed > Math.min(io.options().maxInputBytes(), Integer.MAX_VALUE / 2)) {
            LOG.warn("{} closed: it reached the query buffer's limit", this);
            io.dispatcher().protocolError("query buffer limit");
            dispose();
            return;
        }
        report(0);
        ByteBuffer room = input.makeRoom(consumed, decoder.needed());
        if (room == null) {
            LOG.warn("{} closed: the heap has no room for its request", this);
            io.dispatcher().protocolError(NO_ROOM);
            sendAndClose("-" + NO_ROOM + "\r\n");
            return;
        }
        executedBytes = 0;
        decoder.moved(consumed);
        keepBatch(consumed);
        if (beReading()) {
            reading = true;
            channel.read(room, this, RECEIVED);
        }
    }

    /** The requests that are left lie elsewhere now. */
    private void keepBatch(int consumed) {
        giveBatchIfDone();
        if (batch != null) {
            batch.keep(next, input.bytes(), consumed);
            next = 0;
        }
    }

    /**
     * Between requests a connection needs no batch. Not even while its replies wait to be written: so one batch serves all connections of a
     * round, and stays in the processor's cache.
     */
    private void giveBatchIfDone() {
        if (batch != null && next == batch.size() && batch.unfinished() == 0) {
            giveBatch();
            next = 0;
        }
    }

    /** Lets others close the connection; false if it is closed instead, as somebody wanted before. */
    private boolean beReading() {
        phase = READING;
        if (closing && PHASE.compareAndSet(this, READING, CLOSED)) {
            dispose();
            return false;
        }
        return true;
    }

    /** The opposite; false if somebody has closed it. */
    private boolean beBusy() {
        return phase == BUSY || PHASE.compareAndSet(this, READING, BUSY);
    }

    private void giveBatch() {
        if (batch != null) {
            io.giveBatch(batch);
            batch = null;
        }
    }

    private void received(int count) {
        reading = false;
        operations++;
        if (count < 0 || !beBusy()) {
            LOG.debug("{} closed", this);
            dispose();
            return;
        }
        input.received(count);
        unreportedBytes += count;
        starved = false;
        proceed();
    }

    private void failed(Throwable e) {
        if (e instanceof ClosedChannelException) {
            LOG.debug("{} closed", this);
        } else {
            LOG.debug("{} closed: {}", this, e.toString());
        }
        dispose();
    }

    /** Ends it all, the session first: so who sees its connection closed has left no trace. On the connection's thread. */
    private void dispose() {
        if (disposed) {
            return;
        }
        disposed = true;
        phase = CLOSED;
        if (session != null) {
            try {
                session.disconnected();
            } catch (Throwable e) {
                LOG.error("{}: the session failed to end", this, e);
            }
        }
        close();
        io.chunks().giveAll(output);
        output = null;
        outputBytes = 0;
        giveGather();
        giveBatch();
        input.release();
        long held = LEAVING.getAndSet(this, GONE);
        if (held > 0) {
            io.memory().left(held);
        }
        io.forget(this);
    }

    /** What it holds of the server's {@link BufferMemory}, and of the I/O thread's own chunks; nothing if it is cut off already. On any thread. */
    long heldBytes() {
        return LEAVING.get(this) != 0 ? 0 : outputBytes + input.countedBytes();
    }

    /**
     * Cuts it off for the sake of others. On any thread; its own gives back what it holds.
     *
     * @return false if it is cut off already, or gone
     */
    boolean cutOff() {
        long held = heldBytes();
        if (held == 0 || !LEAVING.compareAndSet(this, 0, held)) {
            return false;
        }
        io.memory().leaving(held);
        if (session != null) {
            session.overflowed();
        }
        close();
        return true;
    }

    @Override
    public String remoteAddress() {
        return AddressText.of(remote);
    }

    @Override
    public String localAddress() {
        try {
            return AddressText.of((InetSocketAddress) channel.getLocalAddress());
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public int inputBytes() {
        return Math.max(0, input.filled() - executedBytes);
    }

    @Override
    public int inputFreeBytes() {
        return input.free();
    }

    @Override
    public long outputBytes() {
        return outputBytes;
    }

    @Override
    public byte[] encode(int version, Consumer<? super ReplyStream> message) {
        return ReplyWriter.encode(version, message);
    }

    /**
     * From the connection's own thread, it is put aside until the command that runs there has ended. From any other, a write of
     * nothing leads to that thread: it is complete at once, which only a thread of the channel's group may be told.
     */
    @Override
    public void wake() {
        woken = true;
        if (io.isCurrentThread()) {
            io.resumeLater(this);
            return;
        }
        try {
            channel.write(NOTHING, this, WOKEN);
        } catch (WritePendingException e) {
            // When that write is complete, the connection looks.
        } catch (ShutdownChannelGroupException e) {
            LOG.debug("{} was to be woken after the server's end", this);
        }
    }

    /** Looks what came up. On the connection's thread. */
    void wokenUp() {
        proceed();
    }

    @Override
    public void closeAfterReply() {
        closing = true;
        if (PHASE.compareAndSet(this, READING, CLOSED)) {
            close();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException | LinkageError e) {
            LOG.warn("{} did not close", this, e);
        }
    }

    /**
     * Closes the connection if nothing has happened for too long. Called by one thread, every second or so; so the connection
     * itself need not look at a clock.
     */
    void sweep(long nowNanos, long timeoutNanos) {
        int seen = operations;
        if (seen != sweptOperations || (session != null && (session.isWaiting() || session.isListening()))) {
            sweptOperations = seen;
            sweptNanos = nowNanos;
        } else if (nowNanos - sweptNanos >= timeoutNanos) {
            LOG.debug("{} was idle for too long", this);
            close();
        }
    }

    @Override
    public String toString() {
        return remoteAddress();
    }

    private static final class Received implements CompletionHandler<Integer, RespConnection> {
        @Override
        public void completed(Integer count, RespConnection connection) {
            connection.received(count);
        }

        @Override
        public void failed(Throwable e, RespConnection connection) {
            connection.failed(e);
        }
    }

    private static final class Woken implements CompletionHandler<Integer, RespConnection> {
        @Override
        public void completed(Integer count, RespConnection connection) {
            connection.wokenUp();
        }

        @Override
        public void failed(Throwable e, RespConnection connection) {
            // Closed. It is, or will be, told by the operation that is outstanding.
        }
    }

    private static final class Sent<N extends Number> implements CompletionHandler<N, RespConnection> {
        @Override
        public void completed(N count, RespConnection connection) {
            connection.sent(count.longValue());
        }

        @Override
        public void failed(Throwable e, RespConnection connection) {
            connection.failed(e);
        }
    }
}

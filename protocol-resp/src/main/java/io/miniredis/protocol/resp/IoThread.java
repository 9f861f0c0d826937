package io.miniredis.protocol.resp;

import io.miniredis.api.transport.Dispatcher;
import io.miniredis.api.transport.RequestBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * One I/O thread and what its connections share: an {@link EventLoop}, so that all that happens to a
 * connection happens there, one thing after the other; the writer of replies; chunks, buffers and batches to lend.
 *
 * <p>What is lent and written is the thread's own. The set of connections is read by others.
 */
final class IoThread {
    /** How many chunks one write gathers at most. */
    static final int GATHERED_CHUNKS = 16;

    private static final int BATCHES_KEPT = 4;

    /** How many times as large the heap must be as the buffers that lie ready. */
    private static final int HEAP_PER_SPARES = 128;

    /** How many chunks are a thread's own, whether or not there is room; at least enough to answer something. */
    private static final int OWN_CHUNKS = (int) Math.max(
            4, Math.min(ChunkPool.MOST_KEPT, Runtime.getRuntime().maxMemory() / HEAP_PER_SPARES / Chunk.BYTES));

    private static final byte[] NOTHING = new byte[0];

    private final RespOptions options;
    private final Dispatcher dispatcher;
    private final EventLoop loop;
    private final Set<RespConnection> connections = ConcurrentHashMap.newKeySet();
    private final BufferMemory memory;
    private final ChunkPool chunks;
    private final ReplyWriter replies;
    private final SpareBuffers spareBuffers = new SpareBuffers(
            Math.min(SpareBuffers.MOST_BYTES, Runtime.getRuntime().maxMemory() / HEAP_PER_SPARES));
    private final ArrayDeque<RequestBatch> batches = new ArrayDeque<>(BATCHES_KEPT);
    private final ArrayDeque<ByteBuffer[]> gathers = new ArrayDeque<>();
    /** Connections that a command on this thread has woken. */
    private final ArrayDeque<RespConnection> woken = new ArrayDeque<>();

    private boolean resuming;
    /** Set when the server stops; a connection that is accepted nevertheless is let go of. */
    private volatile boolean stopping;

    IoThread(String name, RespOptions options, Dispatcher dispatcher, BufferMemory memory) throws IOException {
        this.options = options;
        this.dispatcher = dispatcher;
        this.memory = memory;
        chunks = new ChunkPool(memory, OWN_CHUNKS);
        replies = new ReplyWriter(chunks);
        loop = new EventLoopProvider().openAsynchronousChannelGroup(1, task -> new Thread(task, name));
    }

    boolean isCurrentThread() {
        return loop.isCurrentThread();
    }

    RespOptions options() {
        return options;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    AsynchronousChannelGroup group() {
        return loop;
    }

    ChunkPool chunks() {
        return chunks;
    }

    SpareBuffers spareBuffers() {
        return spareBuffers;
    }

    BufferMemory memory() {
        return memory;
    }

    ReplyWriter replies() {
        return replies;
    }

    Set<RespConnection> connections() {
        return connections;
    }

    /** Serves a client from now on. On this thread. */
    void adopt(AsynchronousSocketChannel channel) throws IOException {
        var connection = new RespConnection(channel, this);
        connections.add(connection);
        if (stopping) {
            connection.closeAfterReply();
        }
        connection.open();
    }

    /** Forgets a connection that is closed. On this thread. */
    void forget(RespConnection connection) {
        connections.remove(connection);
        if (stopping) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Has a connection look what came up, as soon as no command runs. On this thread. */
    void resumeLater(RespConnection connection) {
        woken.add(connection);
    }

    /** Lets the connections look that were put aside. On this thread, when no command runs. */
    void resumeWoken() {
        if (resuming || woken.isEmpty()) {
            return;
        }
        resuming = true;
        try {
            for (RespConnection next = woken.poll(); next != null; next = woken.poll()) {
                next.wokenUp();
            }
        } finally {
            resuming = false;
        }
    }

    /** Lends an empty batch. */
    RequestBatch takeBatch() {
        RequestBatch batch = batches.pollFirst();
        return batch != null ? batch : new RequestBatch();
    }

    /** Takes a batch back. */
    void giveBatch(RequestBatch batch) {
        if (batches.size() < BATCHES_KEPT) {
            batch.trim();
            batch.clear(NOTHING); // so as not to hold on to somebody's input
            batches.addFirst(batch);
        }
    }

    /** Lends an array for a gathering write. */
    ByteBuffer[] takeGather() {
        ByteBuffer[] taken = gathers.pollFirst();
        return taken != null ? taken : new ByteBuffer[GATHERED_CHUNKS];
    }

    /** Takes such an array back. */
    void giveGather(ByteBuffer[] buffers) {
        if (gathers.size() < EventLoop.MOST_WRITES) {
            Arrays.fill(buffers, null); // so as not to hold on to chunks
            gathers.addFirst(buffers);
        }
    }

    /** Lets each connection send what it has to, then closes it. */
    void finishConnections() {
        stopping = true;
        connections.forEach(RespConnection::closeAfterReply);
    }

    /** Closes all connections. */
    void closeConnections() {
        connections.forEach(RespConnection::close);
    }

    /**
     * Waits until no connection is left; only after {@link #finishConnections}.
     *
     * @return false if there still was one at the deadline
     */
    synchronized boolean awaitNoConnections(long deadlineNanos) throws InterruptedException {
        while (!connections.isEmpty()) {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    /** Ends the thread. */
    void shutdown() {
        loop.shutdownNow();
    }
}

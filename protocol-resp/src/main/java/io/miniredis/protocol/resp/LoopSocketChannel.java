package io.miniredis.protocol.resp;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.nio.channels.ReadPendingException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ShutdownChannelGroupException;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritePendingException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * An accepted socket of an {@link EventLoop}. What is read is read when the loop finds that something has come, what is written is written
 * at the end of the loop's round, or as soon as there is room.
 */
final class LoopSocketChannel extends AsynchronousSocketChannel implements LoopChannel {
    private final EventLoop loop;
    private final SocketChannel channel;
    private final Registration registration;
    private final Transfer reading = new Transfer() {
        @Override
        public void run() {
            startReading();
        }

        @Override
        long move(ByteBuffer only) throws IOException {
            return channel.read(only);
        }

        @Override
        long move(ByteBuffer[] several, int from, int count) throws IOException {
            return channel.read(several, from, count);
        }
    };
    private final Transfer writing = new Transfer() {
        @Override
        public void run() {
            startWriting();
        }

        @Override
        long move(ByteBuffer only) throws IOException {
            return channel.write(only);
        }

        @Override
        long move(ByteBuffer[] several, int from, int count) throws IOException {
            return channel.write(several, from, count);
        }
    };

    /** Next in the loop's list of those to be written to. */
    LoopSocketChannel nextWriter;

    /** Takes a socket over, which is closed if that fails. */
    LoopSocketChannel(EventLoop loop, SocketChannel channel) throws IOException {
        super(loop.provider());
        this.loop = loop;
        this.channel = channel;
        registration = loop.register(channel, this);
    }

    @Override
    public <A> void read(
            ByteBuffer dst, long timeout, TimeUnit unit, A attachment, CompletionHandler<Integer, ? super A> handler) {
        Objects.requireNonNull(handler);
        requireNoLimit(timeout);
        requireWritable(dst);
        if (loop.begin(reading, this, handler, attachment, ReadPendingException::new)) {
            reading.of(dst);
            loop.start(reading);
        }
    }

    @Override
    public <A> void read(
            ByteBuffer[] dsts,
            int offset,
            int length,
            long timeout,
            TimeUnit unit,
            A attachment,
            CompletionHandler<Long, ? super A> handler) {
        Objects.requireNonNull(handler);
        Objects.checkFromIndexSize(offset, length, dsts.length);
        requireNoLimit(timeout);
        for (int i = offset; i < offset + length; i++) {
            requireWritable(dsts[i]);
        }
        if (loop.begin(reading, this, handler, attachment, ReadPendingException::new)) {
            reading.of(dsts, offset, length);
            loop.start(reading);
        }
    }

    @Override
    public Future<Integer> read(ByteBuffer dst) {
        var outcome = new Outcome<Integer>();
        read(dst, 0, TimeUnit.MILLISECONDS, null, outcome);
        return outcome;
    }

    private void startReading() {
        if (!isOpen()) {
            reading.fail(new ClosedChannelException());
        } else if (reading.remaining() == 0) {
            reading.complete(0);
        } else {
            reading.start();
            registration.add(SelectionKey.OP_READ);
        }
    }

    @Override
    public <A> void write(
            ByteBuffer src, long timeout, TimeUnit unit, A attachment, CompletionHandler<Integer, ? super A> handler) {
        Objects.requireNonNull(handler);
        requireNoLimit(timeout);
        if (!src.hasRemaining()) {
            writeNothing(0, handler, attachment);
        } else if (loop.begin(writing, this, handler, attachment, WritePendingException::new)) {
            writing.of(src);
            loop.start(writing);
        }
    }

    @Override
    public <A> void write(
            ByteBuffer[] srcs,
            int offset,
            int length,
            long timeout,
            TimeUnit unit,
            A attachment,
            CompletionHandler<Long, ? super A> handler) {
        Objects.requireNonNull(handler);
        Objects.checkFromIndexSize(offset, length, srcs.length);
        requireNoLimit(timeout);
        if (Transfer.remaining(srcs, offset, length) == 0) {
            writeNothing(0L, handler, attachment);
        } else if (loop.begin(writing, this, handler, attachment, WritePendingException::new)) {
            writing.of(srcs, offset, length);
            loop.start(writing);
        }
    }

    @Override
    public Future<Integer> write(ByteBuffer src) {
        var outcome = new Outcome<Integer>();
        write(src, 0, TimeUnit.MILLISECONDS, null, outcome);
        return outcome;
    }

    /** Nothing is written as soon as the loop gets to it, and is not in the way of what is written meanwhile. */
    private <V, A> void writeNothing(V none, CompletionHandler<V, ? super A> handler, A attachment) {
        if (writing.isPending()) {
            throw new WritePendingException();
        }
        if (loop.isCurrentThread()) {
            wroteNothing(none, handler, attachment);
        } else {
            loop.execute(() -> wroteNothing(none, handler, attachment));
        }
    }

    private <V, A> void wroteNothing(V none, CompletionHandler<V, ? super A> handler, A attachment) {
        if (isOpen()) {
            handler.completed(none, attachment);
        } else {
            handler.failed(new ClosedChannelException(), attachment);
        }
    }

    private void startWriting() {
        if (isOpen()) {
            writing.start();
            loop.writeLater(this, writing.remaining());
        } else {
            writing.fail(new ClosedChannelException());
        }
    }

    /** Writes now. On the loop's thread. */
    void write() {
        if (writing.isStarted() && !writing.attempt()) {
            registration.add(SelectionKey.OP_WRITE);
        }
    }

    @Override
    public void ready(int operations) {
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            registration.remove(SelectionKey.OP_WRITE);
            write();
        }
        if ((operations & SelectionKey.OP_READ) != 0) {
            if (reading.isStarted()) {
                reading.attempt();
            } else {
                registration.remove(SelectionKey.OP_READ);
            }
        }
    }

    private static void requireNoLimit(long timeout) {
        if (timeout > 0) {
            throw new UnsupportedOperationException("operations have no time limits");
        }
    }

    private static void requireWritable(ByteBuffer dst) {
        if (dst.isReadOnly()) {
            throw new IllegalArgumentException("Read-only buffer");
        }
    }

    @Override
    public void close() throws IOException {
        if (loop.close(channel)) {
            try {
                loop.execute(this::failPending);
            } catch (ShutdownChannelGroupException e) {
                // All that was pending has failed.
            }
        }
    }

    private void failPending() {
        if (reading.isStarted()) {
            reading.fail(new ClosedChannelException());
        }
        if (writing.isStarted()) {
            writing.fail(new ClosedChannelException());
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Refuses: it is bound. */
    @Override
    public AsynchronousSocketChannel bind(SocketAddress local) throws IOException {
        channel.bind(local);
        return this;
    }

    /** Refuses: it is connected. */
    @Override
    public <A> void connect(SocketAddress remote, A attachment, CompletionHandler<Void, ? super A> handler) {
        throw new AlreadyConnectedException();
    }

    /** Refuses: it is connected. */
    @Override
    public Future<Void> connect(SocketAddress remote) {
        throw new AlreadyConnectedException();
    }

    @Override
    public AsynchronousSocketChannel shutdownInput() throws IOException {
        channel.shutdownInput();
        return this;
    }

    @Override
    public AsynchronousSocketChannel shutdownOutput() throws IOException {
        channel.shutdownOutput();
        return this;
    }

    @Override
    public <T> AsynchronousSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        channel.setOption(name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        return channel.getOption(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return channel.supportedOptions();
    }

    @Override
    public SocketAddress getLocalAddress() throws IOException {
        return channel.getLocalAddress();
    }

    @Override
    public SocketAddress getRemoteAddress() throws IOException {
        return channel.getRemoteAddress();
    }
}

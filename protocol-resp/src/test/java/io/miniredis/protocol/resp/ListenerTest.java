package io.miniredis.protocol.resp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ListenerTest {
    /** A socket that fails a few times, as when there are no file descriptors left, then waits for a client. */
    private static final class FailingChannel extends AsynchronousServerSocketChannel {
        private final CountDownLatch attempts;
        private volatile boolean open = true;

        FailingChannel(int failures) {
            super(null);
            attempts = new CountDownLatch(failures + 1);
        }

        @Override
        public <A> void accept(A attachment, CompletionHandler<AsynchronousSocketChannel, ? super A> handler) {
            attempts.countDown();
            if (attempts.getCount() > 0) {
                handler.failed(new IOException("Too many open files"), attachment);
            }
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }

        @Override
        public AsynchronousServerSocketChannel bind(SocketAddress local, int backlog) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> AsynchronousServerSocketChannel setOption(SocketOption<T> name, T value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T getOption(SocketOption<T> name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<SocketOption<?>> supportedOptions() {
            return Set.of();
        }

        @Override
        public Future<AsynchronousSocketChannel> accept() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SocketAddress getLocalAddress() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void acceptingGoesOnAfterItFailed() throws Exception {
        var timer = Executors.newSingleThreadScheduledExecutor();
        var io = new IoThread("io", RespOptions.builder().build(), new EchoDispatcher(), BufferMemory.unlimited());
        try {
            var channel = new FailingChannel(3);
            new Listener(channel, io, timer).accept();
            assertTrue(channel.attempts.await(30, TimeUnit.SECONDS));
        } finally {
            io.shutdown();
            timer.shutdownNow();
        }
    }

    @Test
    void aStoppedServerDoesNotTryAgain() throws Exception {
        var timer = Executors.newSingleThreadScheduledExecutor();
        timer.shutdownNow();
        var io = new IoThread("io", RespOptions.builder().build(), new EchoDispatcher(), BufferMemory.unlimited());
        try {
            var channel = new FailingChannel(3);
            new Listener(channel, io, timer).accept();
            assertTrue(!channel.isOpen() && channel.attempts.getCount() == 3);
        } finally {
            io.shutdown();
        }
    }
}

package io.miniredis.protocol.resp;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.AcceptPendingException;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.nio.channels.NotYetBoundException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.ShutdownChannelGroupException;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A listening socket of an {@link EventLoop}. */
final class LoopServerSocketChannel extends AsynchronousServerSocketChannel implements LoopChannel {
    /** How many clients are accepted at most until others have their turn. */
    private static final int MOST_ACCEPTED = 64;

    /** How long closing waits until the system knows. */
    private static final int CLOSING_MILLIS = 1000;

    private final EventLoop loop;
    private final ServerSocketChannel channel;
    private final Registration registration;
    private final Operation accepting = new Operation() {
        @Override
        public void run() {
            startAccepting();
        }
    };

    LoopServerSocketChannel(EventLoop loop) throws IOException {
        super(loop.provider());
        this.loop = loop;
        channel = ServerSocketChannel.open();
        registration = loop.register(channel, this);
    }

    @Override
    public <A> void accept(A attachment, CompletionHandler<AsynchronousSocketChannel, ? super A> handler) {
        Objects.requireNonNull(handler);
        if (isOpen() && channel.socket().getLocalPort() < 0) {
            throw new NotYetBoundException();
        }
        if (loop.begin(accepting, this, handler, attachment, AcceptPendingException::new)) {
            loop.start(accepting);
        }
    }

    @Override
    public Future<AsynchronousSocketChannel> accept() {
        var outcome = new Outcome<AsynchronousSocketChannel>();
        accept(null, outcome);
        return outcome;
    }

    private void startAccepting() {
        if (!isOpen()) {
            accepting.fail(new ClosedChannelException());
            return;
        }
        accepting.start();
        registration.add(SelectionKey.OP_ACCEPT);
    }

    @Override
    public void ready(int operations) {
        for (int i = 0; i < MOST_ACCEPTED && accepting.isStarted(); i++) {
            LoopSocketChannel accepted;
            try {
                SocketChannel client = channel.accept();
                if (client == null) {
                    return;
                }
                accepted = new LoopSocketChannel(loop, client);
            } catch (IOException | RuntimeException | Error e) {
                accepting.fail(e);
                return;
            }
            accepting.complete(accepted);
        }
        if (!accepting.isStarted()) {
            registration.remove(SelectionKey.OP_ACCEPT);
        }
    }

    /** Closes it. When this returns, nobody can connect any more, unless the loop is busy for longer than a second. */
    @Override
    public void close() throws IOException {
        if (!loop.close(channel)) {
            return;
        }
        var known = new CountDownLatch(1);
        try {
            loop.execute(() -> {
                if (accepting.isStarted()) {
                    accepting.fail(new ClosedChannelException());
                }
                loop.deregister();
                known.countDown();
            });
            if (!loop.isCurrentThread()) {
                var unused = known.await(CLOSING_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (ShutdownChannelGroupException e) {
            // The loop has let go of everything.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public AsynchronousServerSocketChannel bind(SocketAddress local, int backlog) throws IOException {
        channel.bind(local, backlog);
        return this;
    }

    @Override
    public <T> AsynchronousServerSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
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
}

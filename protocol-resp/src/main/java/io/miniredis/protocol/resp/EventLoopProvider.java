package io.miniredis.protocol.resp;

import java.io.IOException;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.IllegalChannelGroupException;
import java.nio.channels.spi.AsynchronousChannelProvider;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;

/**
 * Asynchronous channels for servers with many clients, in place of the JDK's own: a group is an {@link EventLoop}, one thread that
 * waits for all its channels at once and writes to all of them in one go.
 *
 * <p>They keep the contract of {@link java.nio.channels}, with these limits: a group has one thread, there are no time limits to operations,
 * and sockets come from accepting only.
 */
final class EventLoopProvider extends AsynchronousChannelProvider {
    /**
     * Starts a group.
     *
     * @param threads 1
     * @param factory makes the thread
     */
    @Override
    public EventLoop openAsynchronousChannelGroup(int threads, ThreadFactory factory) throws IOException {
        if (threads != 1) {
            throw new IllegalArgumentException("an event loop has one thread, not " + threads);
        }
        var loop = new EventLoop(this);
        factory.newThread(loop).start();
        return loop;
    }

    /**
     * Starts a group on a thread of an executor, which it occupies until it is shut down.
     *
     * @param executor where it runs
     * @param initialSize has no meaning here
     */
    @Override
    public EventLoop openAsynchronousChannelGroup(ExecutorService executor, int initialSize) throws IOException {
        var loop = new EventLoop(this);
        executor.execute(loop);
        return loop;
    }

    @Override
    public AsynchronousServerSocketChannel openAsynchronousServerSocketChannel(AsynchronousChannelGroup group)
            throws IOException {
        if (group instanceof EventLoop loop) {
            return new LoopServerSocketChannel(loop);
        }
        throw new IllegalChannelGroupException();
    }

    /** Refuses: this provider is for servers, whose sockets come from accepting. */
    @Override
    public AsynchronousSocketChannel openAsynchronousSocketChannel(AsynchronousChannelGroup group) {
        throw new UnsupportedOperationException("sockets come from accepting only");
    }
}

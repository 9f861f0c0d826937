package io.miniredis.protocol.resp;

import java.io.IOException;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ShutdownChannelGroupException;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A group of asynchronous channels with one thread, which goes round: it waits until something can be read or accepted, lets the handlers
 * of all these channels run, one after the other, and then writes what they have asked to be written. All handlers run on this thread.
 *
 * <p>Writing in one go is what it is for. A peer that waits for replies on many connections is woken by the first of them and finds the
 * others when it looks; if each were written as soon as it is known, it would be woken by each. That costs the writer: waking somebody is
 * the dearest part of a small write. And a channel stays registered for reading as long as it is read from, so that nothing need be told
 * to the system for each read.
 *
 * <p>What waits to be written is bounded: beyond {@value #MOST_WRITES} channels or {@value #MOST_BYTES} bytes it is written before the round
 * ends, and when one handler alone writes to more of them, to the others at once.
 */
final class EventLoop extends AsynchronousChannelGroup implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    /** How many channels wait to be written to at most. */
    static final int MOST_WRITES = 32;

    /** How many bytes wait to be written until what waits is written. */
    static final int MOST_BYTES = 256 * 1024;

    private final Selector selector;
    private final Consumer<SelectionKey> ready = this::ready;

    /** The channels to be written to, linked; null if there are none. */
    private LoopSocketChannel firstWriter;

    private LoopSocketChannel lastWriter;
    private int writers;
    private long writersBytes;
    /** Whether one of them is written to from within a handler; what its own handler then writes waits, so that they do not pile up. */
    private boolean writingNow;

    /** What other threads ask for; guarded by itself. */
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    /** Whether there are any. */
    private volatile boolean asked;
    /** Whether it waits, or is about to, and has to be woken. */
    private final AtomicBoolean idle = new AtomicBoolean();

    /** How many channels are open; guarded by the tasks. */
    private int channels;

    private volatile boolean shutdown;
    private volatile boolean stopping;
    /** Whether nobody runs tasks any more; guarded by the tasks. */
    private boolean stopped;

    private final CountDownLatch terminated = new CountDownLatch(1);
    private volatile Thread thread;

    EventLoop(EventLoopProvider provider) throws IOException {
        super(provider);
        selector = Selector.open();
    }

    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    Selector selector() {
        return selector;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        try {
            while (!stopping) {
                round();
            }
        } catch (IOException e) {
            LOG.error("The system does not say any more what is ready", e);
        } finally {
            terminate();
        }
    }

    private void round() throws IOException {
        try {
            if (firstWriter != null || !sleep()) {
                selector.selectNow(ready);
            }
            runTasks();
            write();
        } catch (RuntimeException | Error e) {
            failed(e);
        }
        forgetInterrupts();
    }

    /** Waits until there is something to do; false if there is something already. */
    private boolean sleep() throws IOException {
        idle.set(true);
        if (asked) {
            idle.set(false);
            return false;
        }
        selector.select(ready);
        idle.set(false);
        return true;
    }

    /** A channel is ready. While the selector is being asked. */
    private void ready(SelectionKey key) {
        try {
            ((LoopChannel) key.attachment()).ready(key.readyOps());
        } catch (CancelledKeyException e) {
            // Another thread has closed it, and has asked for its operations to fail.
        } catch (RuntimeException | Error e) {
            failed(e);
        }
        forgetInterrupts();
        if (isFull()) {
            write();
        }
    }

    /** Whoever interrupts this thread disturbs neither the next handler nor the selector, which would not wait any more. */
    private static void forgetInterrupts() {
        var unused = Thread.interrupted();
    }

    /** Whether nothing more should wait to be written. */
    private boolean isFull() {
        return writers >= MOST_WRITES || writersBytes >= MOST_BYTES;
    }

    /** A handler has failed, which ends neither the thread nor what others do. */
    private static void failed(Throwable e) {
        LOG.error("A handler of an asynchronous channel failed", e);
    }

    /** Has a channel written to at the end of this round, or now, if much waits for that already. */
    void writeLater(LoopSocketChannel channel, long bytes) {
        if (isFull() && !writingNow) {
            writingNow = true;
            try {
                channel.write();
            } finally {
                writingNow = false;
            }
            return;
        }
        if (firstWriter == null) {
            firstWriter = channel;
        } else {
            lastWriter.nextWriter = channel;
        }
        lastWriter = channel;
        writers++;
        writersBytes += bytes;
    }

    /** Writes what waits; what is asked for meanwhile waits for the next time. */
    private void write() {
        LoopSocketChannel channel = firstWriter;
        firstWriter = null;
        writers = 0;
        writersBytes = 0;
        while (channel != null) {
            LoopSocketChannel next = channel.nextWriter;
            channel.nextWriter = null;
            try {
                channel.write();
            } catch (RuntimeException | Error e) {
                failed(e);
            }
            channel = next;
        }
    }

    /**
     * Has something done on the loop's thread, after what was asked for before.
     *
     * @throws ShutdownChannelGroupException if there is no such thread any more
     */
    void execute(Runnable task) {
        synchronized (tasks) {
            if (stopped) {
                throw new ShutdownChannelGroupException();
            }
            tasks.add(task);
            asked = true;
        }
        wakeUp();
    }

    /**
     * Takes an operation for a handler.
     *
     * @param pending what is thrown if it is taken already
     * @return false if the channel is closed, as the handler is told
     */
    <A> boolean begin(
            Operation operation,
            Channel channel,
            CompletionHandler<?, ? super A> handler,
            A attachment,
            Supplier<? extends RuntimeException> pending) {
        if (!channel.isOpen()) {
            refuse(handler, attachment);
            return false;
        }
        if (!operation.begin()) {
            throw pending.get();
        }
        operation.tell(handler, attachment);
        return true;
    }

    /** Has an operation started, which was begun. */
    void start(Operation begun) {
        if (isCurrentThread()) {
            begun.run();
            return;
        }
        try {
            execute(begun);
        } catch (ShutdownChannelGroupException e) {
            begun.end();
            throw e;
        }
    }

    /** Tells who asks something of a closed channel that it is closed. */
    private <A> void refuse(CompletionHandler<?, ? super A> handler, A attachment) {
        if (isCurrentThread()) {
            handler.failed(new ClosedChannelException(), attachment);
        } else {
            execute(() -> handler.failed(new ClosedChannelException(), attachment));
        }
    }

    private void wakeUp() {
        if (idle.get() && idle.compareAndSet(true, false)) {
            selector.wakeup();
        }
    }

    private void runTasks() {
        while (asked) {
            Runnable task;
            synchronized (tasks) {
                task = tasks.poll();
                asked = !tasks.isEmpty();
            }
            if (task != null) {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    failed(e);
                }
            }
        }
    }

    /** Takes a channel in, which is closed if that fails. */
    Registration register(SelectableChannel channel, LoopChannel owner) throws IOException {
        try {
            channel.configureBlocking(false);
            synchronized (tasks) {
                if (shutdown) {
                    throw new ShutdownChannelGroupException();
                }
                channels++;
                return new Registration(this, channel, owner);
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Closes a channel; false if it was closed before. What it was asked for still has to fail. On any thread. */
    boolean close(SelectableChannel channel) throws IOException {
        synchronized (channel) {
            if (!channel.isOpen()) {
                return false;
            }
            channel.close();
        }
        synchronized (tasks) {
            channels--;
            stopping |= shutdown && channels == 0;
        }
        return true;
    }

    /** Lets the system know of channels that were closed. On the loop's thread. */
    void deregister() {
        try {
            selector.selectNow(ready);
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return terminated.getCount() == 0;
    }

    @Override
    public void shutdown() {
        synchronized (tasks) {
            shutdown = true;
            stopping |= channels == 0;
        }
        selector.wakeup();
    }

    @Override
    public void shutdownNow() {
        shutdown = true;
        stopping = true;
        selector.wakeup();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return terminated.await(timeout, unit);
    }

    /** Closes all channels; whatever was begun fails. */
    private void terminate() {
        synchronized (tasks) {
            shutdown = true;
        }
        try {
            for (SelectionKey key : selector.keys()) {
                ((LoopChannel) key.attachment()).close();
            }
            do {
                runTasks();
            } while (!stop());
            selector.close();
        } catch (IOException | RuntimeException e) {
            failed(e);
        } finally {
            terminated.countDown();
        }
    }

    /** Takes no more tasks, unless there are some to be run. */
    private boolean stop() {
        synchronized (tasks) {
            stopped = tasks.isEmpty();
            return stopped;
        }
    }
}

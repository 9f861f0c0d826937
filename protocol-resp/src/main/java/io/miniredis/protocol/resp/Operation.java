package io.miniredis.protocol.resp;

import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * One of the things that a channel can be asked to do, such as reading: whether it is, and who is to be told when it is done. A channel
 * has one for each, for life, so that asking makes no garbage.
 *
 * <p>Whoever {@link #begin begins} it owns its other fields, and hands them to the event loop with it.
 */
abstract class Operation implements Runnable {
    private static final AtomicIntegerFieldUpdater<Operation> PENDING =
            AtomicIntegerFieldUpdater.newUpdater(Operation.class, "pending");

    private volatile int pending;
    /** Whether the event loop has it. */
    private boolean started;

    private Object attachment;
    private CompletionHandler<Object, Object> handler;

    /** Starts it, or ends it at once. After it was begun, on the loop's thread. */
    @Override
    public abstract void run();

    /** Takes it; false if it is pending already. */
    boolean begin() {
        return PENDING.compareAndSet(this, 0, 1);
    }

    boolean isPending() {
        return pending != 0;
    }

    /** Says who is to be told. After it was begun. */
    @SuppressWarnings("unchecked") // a handler is told what the method that took it says
    <A> void tell(CompletionHandler<?, ? super A> whom, A about) {
        handler = (CompletionHandler<Object, Object>) (CompletionHandler<?, ?>) whom;
        attachment = about;
    }

    /** From here on it may come to its end. On the loop's thread. */
    void start() {
        started = true;
    }

    /** Whether it may come to its end. On the loop's thread. */
    boolean isStarted() {
        return started;
    }

    /** Ends it. On the loop's thread; the handler may begin the next one. */
    void complete(Object result) {
        CompletionHandler<Object, Object> whom = handler;
        Object about = attachment;
        end();
        whom.completed(result, about);
    }

    /** Ends it in failure: if the channel is closed, it was closed meanwhile. On the loop's thread. */
    void fail(Throwable e) {
        Throwable told = e instanceof ClosedChannelException ? new AsynchronousCloseException() : e;
        CompletionHandler<Object, Object> whom = handler;
        Object about = attachment;
        end();
        whom.failed(told, about);
    }

    /** Lets go of everything. */
    void end() {
        started = false;
        handler = null;
        attachment = null;
        pending = 0;
    }
}

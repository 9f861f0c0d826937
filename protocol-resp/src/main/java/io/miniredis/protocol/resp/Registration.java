package io.miniredis.protocol.resp;

import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;

/** What a channel wants to hear of from its event loop, which tells the system of changes when it next waits. On the loop's thread. */
final class Registration {
    private final SelectionKey key;
    /** The same as the key's, which is dearer to ask. */
    private int operations;

    /** Registers a channel for nothing yet. On any thread. */
    Registration(EventLoop loop, SelectableChannel channel, LoopChannel owner) throws ClosedChannelException {
        key = channel.register(loop.selector(), 0, owner);
    }

    /** Wants to hear of it from now on. */
    void add(int operation) {
        if ((operations & operation) == 0) {
            change(operations | operation);
        }
    }

    /** Does not want to hear of it any more. */
    void remove(int operation) {
        if ((operations & operation) != 0) {
            change(operations & ~operation);
        }
    }

    private void change(int wanted) {
        operations = wanted;
        try {
            key.interestOps(wanted);
        } catch (CancelledKeyException e) {
            // Another thread has just closed it, and has its operations fail.
        }
    }
}

package io.miniredis.protocol.resp;

import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;

/** What a channel wants to hear of from its event loop. The loop tells the system of changes when it next waits. On the loop's thread. */
final class Registration {
    private final EventLoop loop;
    private final SelectableChannel channel;
    private final LoopChannel owner;
    private SelectionKey key;
    /** The same as the key's, which is dearer to ask. */
    private int operations;

    Registration(EventLoop loop, SelectableChannel channel, LoopChannel owner) {
        this.loop = loop;
        this.channel = channel;
        this.owner = owner;
    }

    /** Wants to hear of it from now on; of a closed channel, nothing is to be heard. */
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
            if (key == null) {
                key = channel.register(loop.selector(), wanted, owner);
            } else if (key.isValid()) {
                key.interestOps(wanted);
            }
        } catch (ClosedChannelException | CancelledKeyException e) {
            // Who closes it has its operations fail.
        }
    }
}

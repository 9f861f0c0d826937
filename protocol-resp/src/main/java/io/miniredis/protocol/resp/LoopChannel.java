package io.miniredis.protocol.resp;

import java.nio.channels.Channel;

/** A channel of an {@link EventLoop}, as the loop sees it. */
interface LoopChannel extends Channel {
    /**
     * Something can be done that it is registered for. On the loop's thread.
     *
     * @param operations as in {@link java.nio.channels.SelectionKey}
     */
    void ready(int operations);
}

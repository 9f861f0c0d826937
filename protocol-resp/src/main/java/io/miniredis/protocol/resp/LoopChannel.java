package io.miniredis.protocol.resp;

import java.io.IOException;

/** A channel of an {@link EventLoop}, as the loop sees it. */
interface LoopChannel {
    /**
     * Something can be done that it is registered for. On the loop's thread.
     *
     * @param operations as in {@link java.nio.channels.SelectionKey}
     */
    void ready(int operations);

    void close() throws IOException;
}

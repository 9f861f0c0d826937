package io.miniredis.api.transport;

import java.util.function.Consumer;

/** A client's connection, as the engine sees it. Implemented by a protocol; its methods may be called from any thread. */
public interface Connection {

    /**
     * The client's end.
     *
     * @return {@code address:port}
     */
    String remoteAddress();

    /**
     * The server's end.
     *
     * @return {@code address:port}
     */
    String localAddress();

    /**
     * What the connection holds in its input buffer.
     *
     * @return bytes received and not yet executed
     */
    int inputBytes();

    /**
     * What the input buffer could still take.
     *
     * @return bytes
     */
    int inputFreeBytes();

    /**
     * What waits to be sent.
     *
     * @return bytes
     */
    long outputBytes();

    /**
     * Encodes a message for any number of connections of this kind; see {@link ReplyStream#message}.
     *
     * @param version 2 or 3
     * @param message writes one whole value
     * @return the bytes, which belong to the caller
     */
    byte[] encode(int version, Consumer<? super ReplyStream> message);

    /**
     * Has {@link Session#resume} called on the connection's own thread, soon, never from within this call. Several calls may
     * lead to one.
     */
    void wake();

    /** Stops reading, sends the replies that are already written, then closes. */
    void closeAfterReply();

    /** Closes at once. */
    void close();
}

package io.miniredis.api.transport;

/** Where a protocol hands its connections over to the engine. Implemented by the engine; thread-safe. */
public interface Dispatcher {

    /**
     * Admits a client.
     *
     * @param connection the connection, ready to be written to
     * @return its session; null to refuse it, after {@link #refusal(Connection)} was sent
     */
    Session connected(Connection connection);

    /**
     * What a refused client is told.
     *
     * @return an error message without the dash, such as {@code ERR max number of clients reached}
     */
    String refusal();

    /**
     * What a client is told that was just refused.
     *
     * @param connection the client's
     * @return an error message without the dash; unless it is overridden, that of {@link #refusal()}
     */
    default String refusal(Connection connection) {
        return refusal();
    }

    /**
     * Counts a connection that was closed for a breach of the protocol or a limit.
     *
     * @param message what the client was told
     */
    void protocolError(String message);

    /**
     * Counts traffic: each time that something was received, once.
     *
     * @param inputBytes bytes received
     * @param outputBytes bytes sent
     */
    void traffic(long inputBytes, long outputBytes);

    /** Counts a write to a connection. Called by the connection's own thread when the write begins. */
    default void writing() {}
}

package io.miniredis.api;

/** The surroundings of one running command. Made by the server, valid until the handler returns. */
public interface CommandContext {

    /**
     * The selected database, narrowed to the keys that the running command declared.
     *
     * @return the keyspace
     */
    Keyspace keyspace();

    /**
     * Wall-clock time, read once for a run of pipelined commands.
     *
     * @return milliseconds since the Unix epoch
     */
    long nowMillis();

    /**
     * A reusable buffer for building a value or a reply without allocating. The same buffer is returned at every call, its
     * contents undefined; it is valid until the handler returns.
     *
     * @param capacity the bytes needed
     * @return an array of at least {@code capacity} bytes
     */
    byte[] scratch(int capacity);

    /**
     * The longest value of bytes that a command may make: the directive {@code proto-max-bulk-len}.
     *
     * @return bytes
     */
    int maxValueBytes();

    /**
     * The client that sent the command.
     *
     * @return its number, unique for the life of the server
     */
    long clientId();

    /**
     * The number of the selected database.
     *
     * @return 0 or more
     */
    int database();
}

package io.miniredis.api;

import java.util.concurrent.Callable;

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
     * Asks to wait until one of some keys holds a value of a type. The command then runs again with the same arguments, and {@link
     * #readyKey()} says which key it was; first come, first served, key by key. The value must have come up anew (whoever changes
     * one that was there makes nothing ready), and may be gone again, so the command may have to ask again and keeps its place. If
     * nothing comes up in time, {@link CommandHandler#timedOut} answers.
     *
     * <p>A command that waits has changed nothing and writes no reply. Inside a transaction nobody waits.
     *
     * @param timeoutMillis how long; 0 for ever
     * @param type what a key must hold; null to wait for the time alone
     * @param keys keys of the running command
     * @return whether the command waits; if not, it answers at once
     * @throws IllegalArgumentException if the time is negative, or keys are given without a type
     */
    boolean block(long timeoutMillis, ValueType<?> type, Key... keys);

    /**
     * The key that the command has waited for.
     *
     * @return one of those given to {@link #block}; null if the command runs for the first time
     */
    Key readyKey();

    /**
     * Has work done on a thread of the plugin's own, and goes on with the command when it is done. Meanwhile the client waits and
     * nobody else does: the I/O thread serves others, the command's keys are not locked. The handler returns without a reply.
     *
     * <p>If the work throws a {@link CommandException}, that is the answer; if it throws anything else, an internal error is. If
     * the plugin's {@linkplain PluginContext#executor queue} is full, the client is answered an error at once.
     *
     * @param <T> what the work results in
     * @param work what is to be done; it must not use this context, nor arguments or keys of the command, but copies of them
     * @param then what answers, given the result
     * @throws CommandException inside a transaction, where nobody can wait
     */
    <T> void offload(Callable<T> work, Continuation<T> then) throws CommandException;

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

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
     * Asks whether there is room for a result, a copy or a table, before it is made: a few bytes of a request may be about much more
     * than the heap has left. To be called before anything is changed. Up to a megabyte there always is; cost: O(1), and O(shards) for more.
     *
     * @param bytes how much memory the command takes for it, all in all
     * @throws CommandException Redis's OOM error if the heap cannot take so much; not to be caught
     */
    void needs(long bytes) throws CommandException;

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
     * Calls another command, atomically within the running one, in the same database. It may touch only keys that the running command
     * declares, and change only those that it declares for writing; so nothing is locked that was not locked already.
     *
     * <p>What can be called: every command that declares all its keys, and commands of plugins that have none. What waits for keys
     * answers at once, as in a transaction. What cannot: commands that may touch any key or none ({@code SORT}, {@code KEYS},
     * {@code SELECT}, {@code CONFIG} and the like), those of transactions, those for administrators, and those that {@linkplain
     * #offload offload} work. Commands may call each other 16 deep.
     *
     * <p>The running command's keys stay valid. What it has changed so far counts as changed before the called command's changes. A
     * value that it was given may have been changed, replaced or removed by the called command, so it looks it up again. Bytes and
     * slices it was given are to be copied before.
     *
     * <p>The call counts among the statistics of the called command. It costs what that costs, and an object for the arguments and
     * for each value of the reply.
     *
     * @param command its name, in any case
     * @param args its arguments, a subcommand's name first: {@code byte[]}, {@link Slice}, {@link Key} (its name), {@link String}
     *     (as UTF-8) or {@link Number} (in decimal)
     * @return the reply: null, {@link Long}, {@link Double}, {@link Boolean}, {@code byte[]} (bulk string), {@link String} (simple
     *     string), {@link java.util.List} (array or set), or {@link java.util.Map} in its order, with keys that are bulk strings as
     *     {@link String}. An error within one of these is a {@link CommandException}.
     * @throws CommandException if the reply is an error, or if the command cannot be called as above; in that case it has done nothing
     * @throws IllegalArgumentException if an argument is of another class, or null
     * @throws IllegalStateException if no handler is running, or on another thread than the handler's
     */
    Object call(String command, Object... args) throws CommandException;

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

package io.miniredis.api;

import java.util.List;

/**
 * One command: what it is ({@link #spec()}) and what it does ({@link #execute}). A provider of this service adds its command to
 * the server.
 *
 * <p>A handler is a singleton without mutable state. The server calls it from any of its I/O threads, holding the locks of the
 * keys that the spec declares, so a handler is written as if it ran alone. It must not block and must not keep any argument,
 * key or slice after it returns.
 */
public interface CommandHandler {

    /**
     * The command's facts: name, arity, flags, keys, documentation.
     *
     * @return the same object at every call
     */
    CommandSpec spec();

    /**
     * Runs the command. Arity, authentication and memory have been checked already. The handler checks first, then acts, then
     * writes exactly one reply; when it throws, whatever it had written is withdrawn, but what it had changed stays changed.
     *
     * @param context the running command's surroundings: keyspace, clock, client
     * @param args the arguments; index 0 is the command's own name
     * @param reply where the answer is written, exactly one value
     * @throws CommandException to answer an error; the connection lives on
     */
    void execute(CommandContext context, Args args, Reply reply) throws CommandException;

    /**
     * Answers a client that has {@linkplain CommandContext#block waited} long enough. Its keys are locked, as for {@link #execute}.
     *
     * @param context the command's surroundings
     * @param args the arguments that the command was sent with
     * @param reply where the answer is written, exactly one value; a null array if this method is not overridden
     */
    default void timedOut(CommandContext context, Args args, Reply reply) {
        reply.nullArray();
    }

    /**
     * The subcommands of a container command such as {@code CONFIG}. The server routes by the first argument; this handler
     * itself then runs only when the command is sent alone, if its arity allows that.
     *
     * @return the subcommands' handlers, with specs named {@code container|subcommand}; empty for a plain command
     */
    default List<CommandHandler> subcommands() {
        return List.of();
    }
}

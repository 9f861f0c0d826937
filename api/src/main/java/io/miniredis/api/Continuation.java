package io.miniredis.api;

/**
 * What is left of a command when the work is done that it had {@linkplain CommandContext#offload offloaded}.
 *
 * @param <T> what the work results in
 */
@FunctionalInterface
public interface Continuation<T> {

    /**
     * Goes on with the command as if it had just been called: its keys are locked, on one of the server's I/O threads. It may find them
     * otherwise than when the command began.
     *
     * @param context the command's surroundings
     * @param args the arguments that the command was sent with
     * @param reply where the answer is written, exactly one value
     * @param result what the work returned
     * @throws CommandException to answer an error
     */
    void execute(CommandContext context, Args args, Reply reply, T result) throws CommandException;
}

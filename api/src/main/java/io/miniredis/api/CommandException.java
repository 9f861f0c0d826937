package io.miniredis.api;

/**
 * An error reply: the command is refused, the connection lives. It carries no stack trace, so throwing one is cheap; the
 * common ones are in {@link Errors}.
 */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Creates an error reply.
     *
     * @param message the whole text after the dash: a code in upper case, a blank, the explanation; arguments in it quoted with
     *     {@link Slice#quotable}. Line breaks become blanks when it is sent.
     */
    public CommandException(String message) {
        super(message, null, false, false);
    }
}

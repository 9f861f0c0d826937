package io.miniredis.api;

/**
 * The error texts that more than one command answers, byte for byte those of Redis 7.0. Constant ones are made once.
 */
// Safe to share: a CommandException has neither a stack trace nor anything else that could change.
@SuppressWarnings("StaticAssignmentOfThrowable")
public final class Errors {
    private static final CommandException WRONG_TYPE =
            new CommandException("WRONGTYPE Operation against a key holding the wrong kind of value");
    private static final CommandException SYNTAX = new CommandException("ERR syntax error");
    private static final CommandException NOT_AN_INTEGER =
            new CommandException("ERR value is not an integer or out of range");
    private static final CommandException NOT_A_FLOAT = new CommandException("ERR value is not a valid float");
    private static final CommandException NOT_POSITIVE =
            new CommandException("ERR value is out of range, must be positive");
    private static final CommandException NO_SUCH_KEY = new CommandException("ERR no such key");
    private static final CommandException OVERFLOW = new CommandException("ERR increment or decrement would overflow");
    private static final CommandException OUT_OF_MEMORY =
            new CommandException("OOM command not allowed when used memory > 'maxmemory'.");

    private Errors() {}

    /**
     * The key holds another type.
     *
     * @return a shared exception
     */
    public static CommandException wrongType() {
        return WRONG_TYPE;
    }

    /**
     * Options that do not fit together or do not exist.
     *
     * @return a shared exception
     */
    public static CommandException syntax() {
        return SYNTAX;
    }

    /**
     * Not a signed 64-bit number.
     *
     * @return a shared exception
     */
    public static CommandException notAnInteger() {
        return NOT_AN_INTEGER;
    }

    /**
     * Not a double.
     *
     * @return a shared exception
     */
    public static CommandException notAFloat() {
        return NOT_A_FLOAT;
    }

    /**
     * A count that is negative or not a number.
     *
     * @return a shared exception
     */
    public static CommandException notPositive() {
        return NOT_POSITIVE;
    }

    /**
     * A key that must exist does not.
     *
     * @return a shared exception
     */
    public static CommandException noSuchKey() {
        return NO_SUCH_KEY;
    }

    /**
     * An increment that leaves the 64-bit range.
     *
     * @return a shared exception
     */
    public static CommandException overflow() {
        return OVERFLOW;
    }

    /**
     * A write over the memory limit.
     *
     * @return a shared exception
     */
    public static CommandException outOfMemory() {
        return OUT_OF_MEMORY;
    }

    /**
     * Too few or too many arguments.
     *
     * @param command the command's name in lower case; a subcommand's as {@code container|subcommand}
     * @return a new exception
     */
    public static CommandException wrongArity(String command) {
        return new CommandException("ERR wrong number of arguments for '" + command + "' command");
    }

    /**
     * A time to live that is not positive or leaves the 64-bit range.
     *
     * @param command the command's name in lower case
     * @return a new exception
     */
    public static CommandException invalidExpireTime(String command) {
        return new CommandException("ERR invalid expire time in '" + command + "' command");
    }
}

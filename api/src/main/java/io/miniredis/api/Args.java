package io.miniredis.api;

/**
 * The arguments of one running command, as the client sent them: binary, in the connection's input buffer. Index 0 is the
 * command's name. For a subcommand index 1 is the subcommand's name. Valid until the handler returns; every index outside
 * {@code 0 .. size() - 1} throws {@link IndexOutOfBoundsException}.
 */
public interface Args {

    /**
     * How many arguments there are, the command's name included.
     *
     * @return 1 or more
     */
    int size();

    /**
     * The argument as it lies in the input buffer. Nothing is copied; each index has a slice of its own, valid until the
     * handler returns.
     *
     * @param index which argument
     * @return a view of its bytes
     */
    Slice slice(int index);

    /**
     * Whether the argument is this word, ignoring case.
     *
     * @param index which argument
     * @param token an ASCII word, in upper case
     * @return true if equal
     */
    boolean is(int index, String token);

    /**
     * The argument as a signed 64-bit decimal number, in Redis's strict form (no blanks, no plus, no leading zeros).
     *
     * @param index which argument
     * @return the number
     * @throws CommandException {@code ERR value is not an integer or out of range}
     */
    long integer(int index) throws CommandException;

    /**
     * The argument's key. Only positions that the command's {@link CommandSpec} declares have one.
     *
     * @param index which argument
     * @return the capability to touch that key
     * @throws IllegalArgumentException if the spec declares no key there, which is a bug of the handler
     */
    Key key(int index);

    /**
     * A copy of the argument, to keep.
     *
     * @param index which argument
     * @return a new array
     */
    default byte[] copy(int index) {
        return slice(index).copy();
    }

    /**
     * The argument as text.
     *
     * @param index which argument
     * @return its bytes decoded as UTF-8, malformed ones replaced
     */
    default String utf8(int index) {
        return slice(index).utf8();
    }

    /**
     * The argument as a double, in the forms that Redis takes (decimal, exponent, {@code inf}).
     *
     * @param index which argument
     * @return the number, never NaN
     * @throws CommandException {@code ERR value is not a valid float}
     */
    default double real(int index) throws CommandException {
        return Numbers.real(slice(index));
    }
}

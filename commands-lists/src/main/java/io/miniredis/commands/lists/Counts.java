package io.miniredis.commands.lists;

import io.miniredis.api.Args;
import io.miniredis.api.CommandException;

/** Numbers with a lower bound, as Redis reads them. */
final class Counts {
    private Counts() {}

    /** A number that is 0 or more, with a text for any other. */
    static long notNegative(Args args, int index, String error) throws CommandException {
        return atLeast(0, args, index, error);
    }

    /** A number from a bound on, with a text for any other and for what is no number. */
    static long atLeast(long least, Args args, int index, String error) throws CommandException {
        try {
            long number = args.integer(index);
            if (number >= least) {
                return number;
            }
        } catch (CommandException notANumber) {
            throw new CommandException("ERR " + error);
        }
        throw new CommandException("ERR " + error);
    }
}

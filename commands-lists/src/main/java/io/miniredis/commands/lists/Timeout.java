package io.miniredis.commands.lists;

import io.miniredis.api.Args;
import io.miniredis.api.CommandException;
import io.miniredis.api.LongDouble;

/** How long a blocking command waits at most. */
final class Timeout {
    private Timeout() {}

    /** An argument in seconds, which may have a fraction, as milliseconds, rounded up; 0 for ever. */
    static long millis(Args args, int index) throws CommandException {
        long millis;
        try {
            millis = LongDouble.parse(args.slice(index)).ceilingOfThousandfold();
        } catch (CommandException notANumber) {
            throw new CommandException("ERR timeout is not a float or out of range");
        }
        if (millis < 0) {
            throw new CommandException("ERR timeout is negative");
        }
        return millis;
    }
}

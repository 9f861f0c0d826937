package io.miniredis.commands.lists;

import io.miniredis.api.Args;
import io.miniredis.api.CommandException;
import io.miniredis.api.Errors;

/** One of a list's two ends. */
enum ListEnd {
    /** Where index 0 is. */
    HEAD,
    /** Where index -1 is. */
    TAIL;

    /** The end that an argument names. */
    static ListEnd named(Args args, int index) throws CommandException {
        if (args.is(index, "LEFT")) {
            return HEAD;
        }
        if (args.is(index, "RIGHT")) {
            return TAIL;
        }
        throw Errors.syntax();
    }
}

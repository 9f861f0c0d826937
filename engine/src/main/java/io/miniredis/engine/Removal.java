package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.Errors;

/** What DEL and UNLINK, and FLUSHDB and FLUSHALL, share. */
final class Removal {

    private Removal() {}

    /** Removes the keys from the first argument on. Returns how many there were. */
    static long of(CommandContext context, Args args) {
        long removed = 0;
        for (int i = 1; i < args.size(); i++) {
            if (context.keyspace().delete(args.key(i))) {
                removed++;
            }
        }
        return removed;
    }

    static void checkFlushOptions(Args args) throws CommandException {
        boolean plain = args.size() == 1;
        boolean known = args.size() == 2 && (args.is(1, "ASYNC") || args.is(1, "SYNC"));
        if (!plain && !known) {
            throw Errors.syntax();
        }
    }
}

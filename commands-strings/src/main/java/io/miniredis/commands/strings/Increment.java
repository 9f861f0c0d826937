package io.miniredis.commands.strings;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.Errors;
import io.miniredis.api.Key;
import io.miniredis.api.Keyspace;
import io.miniredis.api.Numbers;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;

/** What INCR, DECR, INCRBY and DECRBY share. */
final class Increment {
    private Increment() {}

    /** Adds to the number that the first argument's key holds, and replies with the sum. The key's expiry stays. */
    static void by(long amount, CommandContext context, Args args, Reply reply) throws CommandException {
        Key key = args.key(1);
        Slice value = context.keyspace().read(key, StringType.INSTANCE);
        long before = value == null ? 0 : Numbers.integer(value);
        long after = before + amount;
        if (((before ^ after) & (amount ^ after)) < 0) {
            throw Errors.overflow();
        }
        byte[] digits = context.scratch(Numbers.MAX_DIGITS);
        int length = Numbers.format(after, digits, 0);
        Slice sum = value == null ? new Slice() : value;
        context.keyspace().put(key, StringType.INSTANCE, sum.wrap(digits, 0, length), Keyspace.KEEP_EXPIRY);
        reply.integer(after);
    }
}

package io.miniredis.commands.strings;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;

/** A part of something, from one index to another, both included; negative ones count from the end. */
final class Range {
    private Range() {}

    /** What GETRANGE and SUBSTR share. */
    static void reply(CommandContext context, Args args, Reply reply) throws CommandException {
        long start = args.integer(2);
        long end = args.integer(3);
        Slice value = context.keyspace().read(args.key(1), StringType.INSTANCE);
        boolean backwards = start < 0 && end < 0 && start > end;
        if (value == null || value.length() == 0 || backwards) {
            reply.bulk("");
            return;
        }
        long from = start(start, value.length());
        long to = end(end, value.length());
        if (from > to) {
            reply.bulk("");
        } else if (from == 0 && to == value.length() - 1) {
            reply.bulk(value);
        } else {
            reply.bulk(value.array(), value.offset() + (int) from, (int) (to - from) + 1);
        }
    }

    /** The first index. It may lie beyond the end. */
    static long start(long index, long length) {
        return index < 0 ? Math.max(0, length + index) : index;
    }

    /** The last index; -1 if there is nothing at all. */
    static long end(long index, long length) {
        return Math.min(index < 0 ? Math.max(0, length + index) : index, length - 1);
    }
}

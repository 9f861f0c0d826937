package io.miniredis.commands.lists;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;

/** What LPUSH and RPUSH share. */
final class Push {
    private Push() {}

    /** Pushes all arguments after the key, and replies with the list's length. */
    static void onto(ListEnd end, CommandContext context, Args args, Reply reply) throws CommandException {
        all(ListType.writeOrCreate(context.keyspace(), args.key(1)), end, args, reply);
    }

    /** The same, onto a list that is there. */
    static void all(PackedList list, ListEnd end, Args args, Reply reply) {
        for (int i = 2; i < args.size(); i++) {
            Slice element = args.slice(i);
            list.push(end, element.array(), element.offset(), element.length());
        }
        reply.integer(list.size());
    }
}

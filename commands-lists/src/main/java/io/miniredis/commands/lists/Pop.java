package io.miniredis.commands.lists;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.Errors;
import io.miniredis.api.Key;
import io.miniredis.api.Reply;

/** What LPOP and RPOP share. An element is written from where it lies before it is removed. */
final class Pop {
    private Pop() {}

    /** {@code name key}. */
    static void one(ListEnd end, CommandContext context, Args args, Reply reply) throws CommandException {
        PackedList list = ListType.write(context.keyspace(), args.key(1));
        if (list == null) {
            reply.nil();
        } else {
            list.pop(end, reply);
        }
    }

    /** {@code name key count}. */
    static void several(ListEnd end, CommandContext context, Args args, Reply reply) throws CommandException {
        long wanted = count(args);
        Key key = args.key(1);
        PackedList list = ListType.write(context.keyspace(), key);
        if (list == null) {
            reply.nullArray();
            return;
        }
        if (wanted == 0) {
            context.keyspace().unchanged(key);
            reply.array(0);
            return;
        }
        several(list, end, wanted, reply);
    }

    /** Pops elements, one or more, as many as there are at most. Replies with an array of them. */
    static void several(PackedList list, ListEnd end, long wanted, Reply reply) {
        int count = Math.toIntExact(Math.min(wanted, list.size()));
        reply.array(count);
        boolean fromHead = end == ListEnd.HEAD;
        Cursor cursor = new Cursor(list, fromHead ? 0 : list.size() - 1, fromHead ? ListEnd.TAIL : ListEnd.HEAD);
        for (int i = 0; i < count; i++) {
            cursor.next();
            reply.bulk(cursor.array(), cursor.offset(), cursor.length());
        }
        list.remove(end, count);
    }

    /** Redis has one text for a count that is negative and for one that is no number. */
    private static long count(Args args) throws CommandException {
        try {
            long count = args.integer(2);
            if (count >= 0) {
                return count;
            }
        } catch (CommandException notANumber) {
            throw Errors.notPositive();
        }
        throw Errors.notPositive();
    }
}

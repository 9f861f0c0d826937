package io.miniredis.commands.lists;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.Errors;
import io.miniredis.api.Key;
import io.miniredis.api.Keyspace;
import io.miniredis.api.KeyspaceEvent;
import io.miniredis.api.Reply;

/** What LMOVE, RPOPLPUSH and their blocking forms share. */
final class Transfer {
    private Transfer() {}

    /** {@code name source destination ...}; replies with null if there is nothing to move. */
    static void run(ListEnd from, ListEnd to, CommandContext context, Args args, Reply reply) throws CommandException {
        if (!tryRun(from, to, context, args, reply)) {
            reply.nil();
        }
    }

    /** {@code name source destination ...}; waits if there is nothing to move. */
    static void runOrBlock(ListEnd from, ListEnd to, long timeoutMillis, CommandContext context, Args args, Reply reply)
            throws CommandException {
        if (!tryRun(from, to, context, args, reply) && !context.block(timeoutMillis, ListType.INSTANCE, args.key(1))) {
            reply.nil();
        }
    }

    /** Moves an element and replies with it; false if there is nothing to move. */
    private static boolean tryRun(ListEnd from, ListEnd to, CommandContext context, Args args, Reply reply)
            throws CommandException {
        Keyspace keyspace = context.keyspace();
        Key source = args.key(1);
        Key destination = args.key(2);
        if (keyspace.read(source, ListType.INSTANCE) == null) {
            return false;
        }
        boolean wrongType = keyspace.exists(destination) && !(keyspace.typeOf(destination) instanceof ListType);
        if (wrongType) {
            throw Errors.wrongType();
        }
        PackedList list = ListType.write(keyspace, source);
        Cursor end = Cursor.at(list, from == ListEnd.HEAD ? 0 : -1);
        // The element may move within its array before it is written.
        int length = end.length();
        byte[] element = context.scratch(length);
        System.arraycopy(end.array(), end.offset(), element, 0, length);
        list.remove(from, 1);
        ListType.writeOrCreate(keyspace, destination).push(to, element, 0, length);
        keyspace.event(destination, KeyspaceEvent.Type.LIST, to.pushEvent());
        keyspace.event(source, KeyspaceEvent.Type.LIST, from.popEvent());
        reply.bulk(element, 0, length);
        return true;
    }
}

package io.miniredis.commands.lists;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.Key;
import io.miniredis.api.Reply;

/** What BLPOP and BRPOP share: {@code name key [key ...] timeout}. */
final class BlockingPop {
    private BlockingPop() {}

    /** Pops from the first list that there is, or waits for one. */
    static void run(ListEnd end, CommandContext context, Args args, Reply reply) throws CommandException {
        int last = args.size() - 1;
        long timeoutMillis = Timeout.millis(args, last);
        Key ready = context.readyKey();
        if (ready != null) {
            pop(ready, end, context, reply);
            return;
        }
        Key[] keys = new Key[last - 1];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = args.key(i + 1);
            if (pop(keys[i], end, context, reply)) {
                return;
            }
        }
        if (!context.block(timeoutMillis, ListType.INSTANCE, keys)) {
            reply.nullArray();
        }
    }

    private static boolean pop(Key key, ListEnd end, CommandContext context, Reply reply) throws CommandException {
        PackedList list = ListType.write(context.keyspace(), key);
        if (list == null) {
            return false;
        }
        reply.array(2);
        reply.bulk(key.name());
        list.pop(end, reply);
        return true;
    }
}

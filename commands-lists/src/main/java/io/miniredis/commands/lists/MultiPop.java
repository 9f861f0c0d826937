package io.miniredis.commands.lists;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.Errors;
import io.miniredis.api.Key;
import io.miniredis.api.KeyspaceEvent;
import io.miniredis.api.Reply;

/** What LMPOP and BLMPOP share: {@code numkeys key [key ...] LEFT | RIGHT [COUNT count]}. */
final class MultiPop {
    private final int firstKey;
    private final int keys;
    private final ListEnd end;
    private final long count;

    /** Reads the arguments from the number of keys on. */
    MultiPop(Args args, int numkeys) throws CommandException {
        long declared = Counts.atLeast(1, args, numkeys, "numkeys should be greater than 0");
        if (declared >= args.size() - numkeys - 1) {
            throw Errors.syntax();
        }
        firstKey = numkeys + 1;
        keys = (int) declared;
        int at = firstKey + keys;
        end = ListEnd.named(args, at);
        long wanted = -1;
        for (at++; at < args.size(); at += 2) {
            if (wanted >= 0 || !args.is(at, "COUNT") || at + 1 == args.size()) {
                throw Errors.syntax();
            }
            wanted = Counts.atLeast(1, args, at + 1, "count should be greater than 0");
        }
        count = wanted < 0 ? 1 : wanted;
    }

    Key[] keys(Args args) {
        Key[] all = new Key[keys];
        for (int i = 0; i < keys; i++) {
            all[i] = args.key(firstKey + i);
        }
        return all;
    }

    /** Pops from the first list that there is, and replies; false if there is none. */
    boolean run(CommandContext context, Args args, Reply reply) throws CommandException {
        for (int i = firstKey; i < firstKey + keys; i++) {
            if (run(context, args.key(i), reply)) {
                return true;
            }
        }
        return false;
    }

    /** Pops from a list, and replies; false if there is no such list. */
    boolean run(CommandContext context, Key key, Reply reply) throws CommandException {
        PackedList list = ListType.write(context.keyspace(), key);
        if (list == null) {
            return false;
        }
        reply.array(2);
        reply.bulk(key.name());
        Pop.several(list, end, count, reply);
        context.keyspace().event(key, KeyspaceEvent.Type.LIST, end.popEvent());
        return true;
    }
}

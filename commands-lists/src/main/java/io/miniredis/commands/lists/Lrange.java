package io.miniredis.commands.lists;

import static io.miniredis.api.KeySpec.Access.ACCESS;
import static io.miniredis.api.KeySpec.Access.RO;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;

/**
 * {@code LRANGE key start stop}: reads the elements from one index to another, both included; negative ones count from
 * the tail, which is -1. Reply: array of bulk strings, empty if the range is or if there is no such key. Errors: an
 * index that is not an integer; WRONGTYPE if the key holds another type. Cost: O(1) per element, and O(1) per chunk
 * between the range and the nearer end. Source: Redis 7.0, LRANGE.
 */
public final class Lrange implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("lrange")
            .arity(4)
            .readOnly()
            .categories(CommandCategory.LIST)
            .keys(KeySpec.at(1, RO, ACCESS))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.of("start", ArgSpec.Type.INTEGER),
                    ArgSpec.of("stop", ArgSpec.Type.INTEGER))
            .summary("Get a range of elements from a list")
            .since("1.0.0")
            .group("list")
            .complexity(
                    "O(S+N) where S is the distance of start offset from HEAD for small lists, from nearest end (HEAD or"
                            + " TAIL) for large lists; and N is the number of elements in the specified range.")
            .build();

    /** For the service loader. */
    public Lrange() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        long start = args.integer(2);
        long stop = args.integer(3);
        PackedList list = context.keyspace().read(args.key(1), ListType.INSTANCE);
        long size = list == null ? 0 : list.size();
        long first = Math.max(0, start < 0 ? start + size : start);
        long last = Math.min(size - 1, stop < 0 ? stop + size : stop);
        if (first > last) {
            reply.array(0);
            return;
        }
        int count = Math.toIntExact(last - first + 1);
        Cursor cursor = new Cursor(list, first, ListEnd.TAIL);
        if (LentRange.pays(list, cursor, count)) {
            reply.array(count, new LentRange(list, cursor, count));
            return;
        }
        reply.array(count);
        for (int i = 0; i < count; i++) {
            cursor.next();
            reply.bulk(cursor.array(), cursor.offset(), cursor.length());
        }
    }
}

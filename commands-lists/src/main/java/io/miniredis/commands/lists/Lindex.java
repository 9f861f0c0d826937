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
 * {@code LINDEX key index}: reads one element; a negative index counts from the tail, which is -1. Reply: bulk string, or null if
 * there is no such element or key. Errors: WRONGTYPE if the key holds another type; an index that is not an integer, if there is such
 * a key. Cost: O(1) at the ends, and O(1) per chunk between the element and the nearer one. Source: Redis 7.0, LINDEX.
 */
public final class Lindex implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("lindex")
            .arity(3)
            .readOnly()
            .categories(CommandCategory.LIST)
            .keys(KeySpec.at(1, RO, ACCESS))
            .args(ArgSpec.key("key", 0), ArgSpec.of("index", ArgSpec.Type.INTEGER))
            .summary("Get an element from a list by its index")
            .since("1.0.0")
            .group("list")
            .complexity("O(N) where N is the number of elements to traverse to get to the element at"
                    + " index. This makes asking for the first or the last element of the list O(1).")
            .build();

    /** For the service loader. */
    public Lindex() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        PackedList list = context.keyspace().read(args.key(1), ListType.INSTANCE);
        Cursor cursor = list == null ? null : Cursor.at(list, args.integer(2));
        if (cursor == null) {
            reply.nil();
        } else {
            reply.bulk(cursor.array(), cursor.offset(), cursor.length());
        }
    }
}

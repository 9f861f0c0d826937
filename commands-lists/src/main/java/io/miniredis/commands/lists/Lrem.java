package io.miniredis.commands.lists;

import static io.miniredis.api.KeySpec.Access.DELETE;
import static io.miniredis.api.KeySpec.Access.RW;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;

/**
 * {@code LREM key count element}: removes as many elements that are equal to one, from the head on; with a negative count from the
 * tail on, with 0 all. Reply: integer, how many were removed. Errors: a count that is not an integer; WRONGTYPE if the key holds
 * another type. Cost: O(N). Source: Redis 7.0, LREM.
 */
public final class Lrem implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("lrem")
            .arity(4)
            .write()
            .categories(CommandCategory.LIST)
            .keys(KeySpec.at(1, RW, DELETE))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.of("count", ArgSpec.Type.INTEGER),
                    ArgSpec.of("element", ArgSpec.Type.STRING))
            .summary("Remove elements from a list")
            .since("1.0.0")
            .group("list")
            .complexity("O(N+M) where N is the length of the list and M is the number of elements removed.")
            .build();

    /** For the service loader. */
    public Lrem() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        long count = args.integer(2);
        Key key = args.key(1);
        PackedList list = ListType.write(context.keyspace(), key);
        if (list == null) {
            reply.integer(0);
            return;
        }
        ListEnd from = count < 0 ? ListEnd.TAIL : ListEnd.HEAD;
        boolean all = count == 0 || count == Long.MIN_VALUE;
        long removed = list.removeEqual(from, args.slice(3), all ? Long.MAX_VALUE : Math.abs(count));
        if (removed == 0) {
            context.keyspace().unchanged(key);
        }
        reply.integer(removed);
    }
}

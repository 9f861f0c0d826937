package io.miniredis.commands.lists;

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
 * {@code LLEN key}: counts a list's elements. Reply: integer, 0 if there is no such key. Errors: WRONGTYPE if the key
 * holds another type. Cost: O(1). Source: Redis 7.0, LLEN.
 */
public final class Llen implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("llen")
            .arity(2)
            .readOnly()
            .fast()
            .categories(CommandCategory.LIST)
            .keys(KeySpec.at(1, RO))
            .args(ArgSpec.key("key", 0))
            .summary("Get the length of a list")
            .since("1.0.0")
            .group("list")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Llen() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        PackedList list = context.keyspace().read(args.key(1), ListType.INSTANCE);
        reply.integer(list == null ? 0 : list.size());
    }
}

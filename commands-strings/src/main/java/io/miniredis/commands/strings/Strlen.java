package io.miniredis.commands.strings;

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
import io.miniredis.api.Slice;

/**
 * {@code STRLEN key}: the length of a string. Reply: integer, bytes, 0 if there is no such key. Errors: WRONGTYPE if the key
 * holds another type. Cost: O(1). Source: Redis 7.0, STRLEN.
 */
public final class Strlen implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("strlen")
            .arity(2)
            .readOnly()
            .fast()
            .categories(CommandCategory.STRING)
            .keys(KeySpec.at(1, RO))
            .args(ArgSpec.key("key", 0))
            .summary("Get the length of the value stored in a key")
            .since("2.2.0")
            .group("string")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Strlen() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Slice value = context.keyspace().read(args.key(1), StringType.INSTANCE);
        reply.integer(value == null ? 0 : value.length());
    }
}

package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.KeySpec.Access;
import io.miniredis.api.Reply;
import io.miniredis.api.ValueType;

/**
 * {@code TYPE key}: what kind of value a key holds. Reply: simple string, {@code none} if there is no such key.
 * Cost: O(1). Source: Redis 7.0.
 */
public final class Type implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("type")
            .arity(2)
            .readOnly()
            .fast()
            .categories(CommandCategory.KEYSPACE)
            .keys(KeySpec.at(1, Access.RO))
            .args(ArgSpec.key("key", 0))
            .summary("Determine the type stored at key")
            .since("1.0.0")
            .group("generic")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Type() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        ValueType<?> type = context.keyspace().typeOf(args.key(1));
        reply.simple(type == null ? "none" : type.name());
    }
}

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

/**
 * {@code DEL key [key ...]}: removes keys. Reply: integer, how many there were. Cost: O(1) per key. Source: Redis
 * 7.0.
 */
public final class Del implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("del")
            .arity(-2)
            .write()
            .categories(CommandCategory.KEYSPACE)
            .keys(KeySpec.range(1, -1, 1, Access.RM, Access.DELETE))
            .args(ArgSpec.key("key", 0).multiple())
            .tips("request_policy:multi_shard", "response_policy:agg_sum")
            .summary("Delete a key")
            .since("1.0.0")
            .group("generic")
            .complexity(
                    "O(N) where N is the number of keys that will be removed. When a key to remove holds a value other than a string, the individual complexity for this key is O(M) where M is the number of elements in the list, set, sorted set or hash. Removing a single key that holds a string value is O(1).")
            .build();

    /** For the service loader. */
    public Del() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        reply.integer(Removal.of(context, args));
    }
}

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
 * {@code EXISTS key [key ...]}: counts the keys that exist, repeated ones each time. Reply: integer. Cost: O(1)
 * per key. Source: Redis 7.0.
 */
public final class Exists implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("exists")
            .arity(-2)
            .readOnly()
            .fast()
            .categories(CommandCategory.KEYSPACE)
            .keys(KeySpec.range(1, -1, 1, Access.RO))
            .args(ArgSpec.key("key", 0).multiple())
            .tips("request_policy:multi_shard", "response_policy:agg_sum")
            .summary("Determine if a key exists")
            .since("1.0.0")
            .group("generic")
            .complexity("O(N) where N is the number of keys to check.")
            .history("3.0.3", "Accepts multiple `key` arguments.")
            .build();

    /** For the service loader. */
    public Exists() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        long count = 0;
        for (int i = 1; i < args.size(); i++) {
            if (context.keyspace().exists(args.key(i))) {
                count++;
            }
        }
        reply.integer(count);
    }
}

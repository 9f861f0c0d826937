package io.miniredis.engine;

import static io.miniredis.api.KeySpec.Access.RO;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;

/**
 * {@code TOUCH key [key ...]}: counts as a use of keys. Reply: integer, how many there are. Cost: O(1) per key. Source: Redis 7.0.
 */
public final class Touch implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("touch")
            .arity(-2)
            .readOnly()
            .fast()
            .categories(CommandCategory.KEYSPACE)
            .keys(KeySpec.range(1, -1, 1, RO))
            .args(ArgSpec.key("key", 0).multiple())
            .tips("request_policy:multi_shard", "response_policy:agg_sum")
            .summary("Alters the last access time of a key(s). Returns the number of existing keys" + " specified.")
            .since("3.2.1")
            .group("generic")
            .complexity("O(N) where N is the number of keys that will be touched.")
            .build();

    /** For the service loader. */
    public Touch() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        WorkingKeyspace keyspace = Worker.of(context).keyspace();
        int found = 0;
        for (int i = 1; i < args.size(); i++) {
            if (keyspace.touch(args.key(i))) {
                found++;
            }
        }
        reply.integer(found);
    }
}

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
 * {@code UNLINK key [key ...]}: removes keys; memory is given back by the garbage collector, so it is DEL by
 * another name. Reply: integer, how many there were. Cost: O(1) per key. Source: Redis 7.0.
 */
public final class Unlink implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("unlink")
            .arity(-2)
            .write()
            .fast()
            .categories(CommandCategory.KEYSPACE)
            .keys(KeySpec.range(1, -1, 1, Access.RM, Access.DELETE))
            .args(ArgSpec.key("key", 0).multiple())
            .tips("request_policy:multi_shard", "response_policy:agg_sum")
            .summary("Delete a key asynchronously in another thread. Otherwise it is just as DEL, but non blocking.")
            .since("4.0.0")
            .group("generic")
            .complexity(
                    "O(1) for each key removed regardless of its size. Then the command does O(N) work in a different thread in order to reclaim memory, where N is the number of allocations the deleted objects where composed of.")
            .build();

    /** For the service loader. */
    public Unlink() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        reply.integer(Removal.of(context, args));
    }
}

package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code ROLE}: the part that the server plays in replication: a master without replicas. Reply: array of {@code
 * master}, the offset 0 and an empty array. Source: Redis 7.0.
 */
public final class Role implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("role")
            .arity(1)
            .flags(CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE, CommandFlag.FAST)
            .categories(CommandCategory.ADMIN, CommandCategory.DANGEROUS)
            .summary("Return the role of the instance in the context of replication")
            .since("2.8.12")
            .group("server")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Role() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        reply.array(3);
        reply.bulk("master");
        reply.integer(0);
        reply.array(0);
    }
}

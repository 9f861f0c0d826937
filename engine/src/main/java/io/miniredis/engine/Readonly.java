package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code READONLY}: lets a client of a cluster read from replicas. Always an error, since there is no cluster. Source:
 * Redis 7.0 without a cluster.
 */
public final class Readonly implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("readonly")
            .arity(1)
            .flags(CommandFlag.LOADING, CommandFlag.STALE, CommandFlag.FAST)
            .categories(CommandCategory.CONNECTION)
            .summary("Enables read queries for a connection to a cluster replica node")
            .since("3.0.0")
            .group("cluster")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Readonly() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        throw Cluster.refusal();
    }
}

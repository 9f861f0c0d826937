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
 * {@code ASKING}: lets a client of a cluster reach a slot that is being imported. Always an error, since there is no
 * cluster. Source: Redis 7.0 without a cluster.
 */
public final class Asking implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("asking")
            .arity(1)
            .flags(CommandFlag.FAST)
            .categories(CommandCategory.CONNECTION)
            .summary("Sent by cluster clients after an -ASK redirect")
            .since("3.0.0")
            .group("cluster")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Asking() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        throw Cluster.refusal();
    }
}

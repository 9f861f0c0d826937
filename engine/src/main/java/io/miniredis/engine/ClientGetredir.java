package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code CLIENT GETREDIR}: who is told in this client's place that its copies of keys are no longer right. Reply: integer, the number of the
 * other client; 0 if there is none, -1 if copies are not tracked. Source: Redis 7.0.
 */
final class ClientGetredir implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("client|getredir")
            .arity(2)
            .flags(CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .summary("Get tracking notifications redirection client ID if any")
            .since("6.0.0")
            .group("connection")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        reply.integer(Worker.of(context).session().redirection());
    }
}

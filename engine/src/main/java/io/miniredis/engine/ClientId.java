package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code CLIENT ID}: the connection's number. Reply: integer. Source: Redis 7.0.
 */
final class ClientId implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("client|id")
            .arity(2)
            .flags(CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .summary("Returns the client ID for the current connection")
            .since("5.0.0")
            .group("connection")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        reply.integer(context.clientId());
    }
}

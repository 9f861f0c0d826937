package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code CLIENT UNPAUSE}: ends what CLIENT PAUSE began. Reply: OK. Cost: O(postponed clients). Source: Redis 7.0.
 */
final class ClientUnpause implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("client|unpause")
            .arity(2)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .summary("Resume processing of clients that were paused")
            .since("6.2.0")
            .group("connection")
            .complexity("O(N) Where N is the number of paused clients")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        Worker.of(context).engine.pause().end();
        reply.ok();
    }
}

package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code CONFIG RESETSTAT}: sets what INFO counts back to zero. Reply: OK. Source: Redis 7.0.
 */
final class ConfigResetstat implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("config|resetstat")
            .arity(2)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .summary("Reset the stats returned by INFO")
            .since("2.0.0")
            .group("server")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        Worker.of(context).engine.resetStats();
        reply.ok();
    }
}

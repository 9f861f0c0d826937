package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code SLOWLOG RESET}: empties the slow log. Reply: OK. Source: Redis 7.0.
 */
final class SlowlogReset implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("slowlog|reset")
            .arity(2)
            .flags(CommandFlag.ADMIN, CommandFlag.LOADING, CommandFlag.STALE)
            .tips("request_policy:all_nodes", "response_policy:all_succeeded")
            .summary("Clear all entries from the slow log")
            .since("2.2.12")
            .group("server")
            .complexity("O(N) where N is the number of entries in the slowlog")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        Worker.of(context).engine.slowLog().clear();
        reply.ok();
    }
}

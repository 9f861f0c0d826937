package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code SLOWLOG LEN}: how many commands are in the slow log. Reply: integer. Source: Redis 7.0.
 */
final class SlowlogLen implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("slowlog|len")
            .arity(2)
            .flags(CommandFlag.ADMIN, CommandFlag.LOADING, CommandFlag.STALE)
            .tips("request_policy:all_nodes", "response_policy:agg_sum", "nondeterministic_output")
            .summary("Get the slow log's length")
            .since("2.2.12")
            .group("server")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        reply.integer(Worker.of(context).engine.slowLog().length());
    }
}

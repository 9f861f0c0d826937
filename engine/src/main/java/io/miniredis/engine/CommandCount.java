package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code COMMAND COUNT}: how many commands there are. Reply: integer. Source: Redis 7.0.
 */
final class CommandCount implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("command|count")
            .arity(2)
            .flags(CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .summary("Get total number of Redis commands")
            .since("2.8.13")
            .group("server")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        reply.integer(Worker.of(context).engine.commands().commands().size());
    }
}

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
 * {@code MULTI}: queues the commands that follow instead of running them, until EXEC or DISCARD. Reply: OK. Errors: inside a
 * transaction. Source: Redis 7.0.
 */
public final class Multi implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("multi")
            .arity(1)
            .fast()
            .flags(CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE, CommandFlag.ALLOW_BUSY)
            .categories(CommandCategory.TRANSACTION)
            .summary("Mark the start of a transaction block")
            .since("1.2.0")
            .group("transactions")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Multi() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Worker.of(context).transactions.begin();
        reply.ok();
    }
}

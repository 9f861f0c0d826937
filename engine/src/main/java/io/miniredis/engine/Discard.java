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
 * {@code DISCARD}: forgets what was queued since MULTI, and what is watched. Reply: OK. Errors: no MULTI. Source: Redis 7.0.
 */
public final class Discard implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("discard")
            .arity(1)
            .fast()
            .flags(CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE, CommandFlag.ALLOW_BUSY)
            .categories(CommandCategory.TRANSACTION)
            .summary("Discard all commands issued after MULTI")
            .since("2.0.0")
            .group("transactions")
            .complexity("O(N), when N is the number of queued commands")
            .build();

    /** For the service loader. */
    public Discard() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Worker worker = Worker.of(context);
        if (worker.session().transaction() == null) {
            throw new CommandException("ERR DISCARD without MULTI");
        }
        worker.transactions.discard();
        reply.ok();
    }
}

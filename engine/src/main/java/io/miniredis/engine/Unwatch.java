package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code UNWATCH}: watches no key any more. Reply: OK. Source: Redis 7.0.
 */
public final class Unwatch implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("unwatch")
            .arity(1)
            .fast()
            .flags(CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE, CommandFlag.ALLOW_BUSY)
            .categories(CommandCategory.TRANSACTION)
            .summary("Forget about all watched keys")
            .since("2.2.0")
            .group("transactions")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Unwatch() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        Worker worker = Worker.of(context);
        worker.transactions.unwatch(worker.session());
        reply.ok();
    }
}

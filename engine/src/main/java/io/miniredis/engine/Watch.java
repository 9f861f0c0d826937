package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;

/**
 * {@code WATCH key [key ...]}: has the next EXEC of this client run nothing if one of these keys has changed until then. Reply: OK.
 * Errors: inside a transaction. Cost: O(1) per key. Source: Redis 7.0.
 */
public final class Watch implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("watch")
            .arity(-2)
            .fast()
            .flags(CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE, CommandFlag.ALLOW_BUSY)
            .categories(CommandCategory.TRANSACTION)
            .keys(KeySpec.range(1, -1, 1, KeySpec.Access.RO))
            .args(ArgSpec.key("key", 0).multiple())
            .summary("Watch the given keys to determine execution of the MULTI/EXEC block")
            .since("2.2.0")
            .group("transactions")
            .complexity("O(1) for every key.")
            .build();

    /** For the service loader. */
    public Watch() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Worker worker = Worker.of(context);
        worker.transactions.watch(worker.args());
        reply.ok();
    }
}

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
 * {@code EXEC}: runs what was queued since MULTI, at one moment for everyone; nothing of it if a watched key has changed or a
 * command was refused when it was to be queued. A command that fails when it runs does not keep the others from running. Reply: array
 * of the replies; null array if a watched key has changed. Errors: no MULTI; EXECABORT. Source: Redis 7.0.
 */
public final class Exec implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("exec")
            .arity(1)
            .flags(CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE, CommandFlag.SKIP_SLOWLOG)
            .categories(CommandCategory.TRANSACTION)
            .summary("Execute all commands issued after MULTI")
            .since("1.2.0")
            .group("transactions")
            .complexity("Depends on commands in the transaction")
            .build();

    /** For the service loader. */
    public Exec() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Worker worker = Worker.of(context);
        Transaction queued = worker.session().transaction();
        if (queued == null) {
            throw new CommandException("ERR EXEC without MULTI");
        }
        worker.transactions.run(queued);
    }
}

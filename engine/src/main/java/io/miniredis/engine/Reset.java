package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code RESET}: makes the connection as it was when it had just begun: RESP2, database 0, no name, the user default, no transaction, nothing
 * watched or tracked, no subscription, no monitoring, all replies wanted. Reply: the simple string RESET. Source: Redis 7.0.
 */
public final class Reset implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("reset")
            .arity(1)
            .fast()
            .flags(
                    CommandFlag.NOSCRIPT,
                    CommandFlag.LOADING,
                    CommandFlag.STALE,
                    CommandFlag.NO_AUTH,
                    CommandFlag.ALLOW_BUSY)
            .categories(CommandCategory.CONNECTION)
            .summary("Reset the connection")
            .since("6.2.0")
            .group("connection")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Reset() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        Worker worker = Worker.of(context);
        worker.transactions.discard();
        worker.session().reset(worker);
        worker.rulesChanged();
        worker.readMonitors();
        worker.replies().protocol(2);
        reply.simple("RESET");
    }
}

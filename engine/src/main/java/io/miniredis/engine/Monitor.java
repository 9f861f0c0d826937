package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code MONITOR}: shows the client every command that any client has run from here on, until RESET. Reply: OK, and nothing if that is so
 * already. Errors: within a transaction. Source: Redis 7.0.
 */
public final class Monitor implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("monitor")
            .arity(1)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .summary("Listen for all requests received by the server in real time")
            .since("1.0.0")
            .group("server")
            .build();

    /** For the service loader. */
    public Monitor() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Worker worker = Worker.of(context);
        if (worker.transactions.isRunning()) {
            throw new CommandException("ERR MONITOR isn't allowed for DENY BLOCKING client");
        }
        if (worker.session().isMonitor()) {
            worker.leaveUnanswered();
            return;
        }
        worker.session().monitor(true);
        worker.readMonitors();
        reply.ok();
    }
}

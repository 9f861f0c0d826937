package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code CLIENT INFO}: the connection, as a line of CLIENT LIST. Reply: verbatim string. Source: Redis 7.0.
 */
final class ClientInfo implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("client|info")
            .arity(2)
            .flags(CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .tips("nondeterministic_output")
            .summary("Returns information about the current client connection.")
            .since("6.2.0")
            .group("connection")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        Worker worker = Worker.of(context);
        reply.verbatim("txt", worker.session().describe(worker.command(), context.nowMillis()));
    }
}

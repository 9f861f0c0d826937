package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code QUIT}: answers OK, then closes the connection. Cost: O(1). Source: Redis 7.0.
 */
public final class Quit implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("quit")
            .arity(-1)
            .fast()
            .flags(
                    CommandFlag.NOSCRIPT,
                    CommandFlag.LOADING,
                    CommandFlag.STALE,
                    CommandFlag.NO_AUTH,
                    CommandFlag.ALLOW_BUSY)
            .categories(CommandCategory.CONNECTION)
            .summary("Close the connection")
            .since("1.0.0")
            .group("connection")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Quit() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        reply.ok();
        Worker.of(context).session().closeAfterReply();
    }
}

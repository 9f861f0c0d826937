package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code CLIENT GETNAME}: the connection's name. Reply: bulk string, or null. Source: Redis 7.0.
 */
final class ClientGetname implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("client|getname")
            .arity(2)
            .flags(CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .summary("Get the current connection name")
            .since("2.6.9")
            .group("connection")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        String name = Worker.of(context).session().name();
        if (name.isEmpty()) {
            reply.nil();
        } else {
            reply.bulk(name);
        }
    }
}

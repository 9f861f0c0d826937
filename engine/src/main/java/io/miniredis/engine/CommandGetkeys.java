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
 * {@code COMMAND GETKEYS command [argument ...]}: which of the arguments are keys. Reply: array of bulk strings.
 * Errors: unknown command, wrong arity, no keys. Source: Redis 7.0.
 */
final class CommandGetkeys implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("command|getkeys")
            .arity(-4)
            .flags(CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .summary("Extract keys given a full Redis command")
            .since("2.8.13")
            .group("server")
            .complexity("O(N) where N is the number of arguments to the command")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        NamedKeys keys = NamedKeys.of(Worker.of(context), args);
        reply.array(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            reply.bulk(keys.name(i));
        }
    }
}

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
 * {@code COMMAND GETKEYSANDFLAGS command [argument ...]}: which of the arguments are keys, and what happens to each.
 * Reply: array of pairs, a key and an array of flags. Errors: as of {@link CommandGetkeys}. Source: Redis 7.0.
 */
final class CommandGetkeysandflags implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("command|getkeysandflags")
            .arity(-4)
            .flags(CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .summary("Extract keys and access flags given a full Redis command")
            .since("7.0.0")
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
            reply.array(2);
            reply.bulk(keys.name(i));
            CommandDescription.access(keys.access(i), reply);
        }
    }
}

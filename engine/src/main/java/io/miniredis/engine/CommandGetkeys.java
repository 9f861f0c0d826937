package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;
import java.util.ArrayList;
import java.util.List;

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
        Worker worker = Worker.of(context);
        Command command = worker.find(args, 2);
        if (command == null) {
            throw new CommandException("ERR Invalid command specified");
        }
        if (command.keys.findsNone()) {
            throw new CommandException("ERR The command has no key arguments");
        }
        if (!command.spec.accepts(args.size() - 2)) {
            throw new CommandException("ERR Invalid number of arguments specified for command");
        }
        List<Slice> keys = new ArrayList<>();
        Args inner = new ArgsFrom(args, 2);
        if (command.keys.findsAll(inner)) {
            command.keys.find(inner, (argument, spec) -> keys.add(args.slice(argument + 2)));
        }
        if (keys.isEmpty() && !command.spec.is(CommandFlag.NO_MANDATORY_KEYS)) {
            throw new CommandException("ERR Invalid arguments specified for command");
        }
        reply.array(keys.size());
        keys.forEach(reply::bulk);
    }
}

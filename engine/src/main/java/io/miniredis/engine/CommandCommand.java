package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.List;

/**
 * {@code COMMAND}: describes all commands. Reply: array, one element a command as in COMMAND INFO. Cost:
 * O(commands). Source: Redis 7.0.
 */
public final class CommandCommand implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("command")
            .arity(-1)
            .flags(CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .tips("nondeterministic_output_order")
            .summary("Get array of Redis command details")
            .since("2.8.13")
            .group("server")
            .complexity("O(N) where N is the total number of Redis commands")
            .build();

    /** For the service loader. */
    public CommandCommand() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public List<CommandHandler> subcommands() {
        return List.of(
                new CommandCount(),
                new CommandInfo(),
                new CommandDocs(),
                new CommandList(),
                new CommandGetkeys(),
                new CommandGetkeysandflags(),
                new CommandHelp());
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        List<Command> commands = Worker.of(context).engine.commands().commands();
        reply.array(commands.size());
        for (Command command : commands) {
            CommandDescription.info(command, reply);
        }
    }
}

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

    private static final Help HELP = new Help(
            Help.spec("command")
                    .categories(CommandCategory.CONNECTION)
                    .since("5.0.0")
                    .group("server")
                    .build(),
            "(no subcommand)",
            "    Return details about all Redis commands.",
            "COUNT",
            "    Return the total number of commands in this Redis server.",
            "LIST",
            "    Return a list of all commands in this Redis server.",
            "INFO [<command-name> ...]",
            "    Return details about multiple Redis commands.",
            "    If no command names are given, documentation details for all",
            "    commands are returned.",
            "DOCS [<command-name> ...]",
            "    Return documentation details about multiple Redis commands.",
            "    If no command names are given, documentation details for all",
            "    commands are returned.",
            "GETKEYS <full-command>",
            "    Return the keys from a full Redis command.",
            "GETKEYSANDFLAGS <full-command>",
            "    Return the keys and the access flags from a full Redis command.");

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
                HELP);
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

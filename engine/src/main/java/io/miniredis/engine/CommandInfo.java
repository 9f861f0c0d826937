package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code COMMAND INFO [name ...]}: describes commands; all of them if none is named. Reply: array, a null for each
 * unknown name. Source: Redis 7.0.
 */
final class CommandInfo implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("command|info")
            .arity(-2)
            .flags(CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .args(ArgSpec.of("command-name", ArgSpec.Type.STRING).optional().multiple())
            .tips("nondeterministic_output_order")
            .summary("Get array of specific Redis command details, or all when no argument is given.")
            .since("2.8.13")
            .group("server")
            .complexity("O(N) where N is the number of commands to look up")
            .history("7.0.0", "Allowed to be called with no argument to get info on all commands.")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        CommandTable table = Worker.of(context).engine.commands();
        if (args.size() == 2) {
            reply.array(table.commands().size());
            table.commands().forEach(command -> CommandDescription.info(command, reply));
            return;
        }
        reply.array(args.size() - 2);
        for (int i = 2; i < args.size(); i++) {
            Command command = table.find(args.slice(i));
            if (command == null) {
                reply.nil();
            } else {
                CommandDescription.info(command, reply);
            }
        }
    }
}

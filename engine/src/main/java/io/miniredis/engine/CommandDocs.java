package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code COMMAND DOCS [name ...]}: documents commands; all of them if none is named, unknown names left out.
 * Reply: map from name to a map. Source: Redis 7.0.
 */
final class CommandDocs implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("command|docs")
            .arity(-2)
            .flags(CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .args(ArgSpec.of("command-name", ArgSpec.Type.STRING).optional().multiple())
            .tips("nondeterministic_output_order")
            .summary("Get array of specific Redis command documentation")
            .since("7.0.0")
            .group("server")
            .complexity("O(N) where N is the number of commands to look up")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        CommandTable table = Worker.of(context).engine.commands();
        List<Command> wanted = new ArrayList<>();
        for (int i = 2; i < args.size(); i++) {
            Command command = table.find(args.slice(i));
            if (command != null) {
                wanted.add(command);
            }
        }
        List<Command> shown = args.size() == 2 ? table.commands() : wanted;
        reply.map(shown.size());
        shown.forEach(command -> CommandDescription.docs(command, reply));
    }
}

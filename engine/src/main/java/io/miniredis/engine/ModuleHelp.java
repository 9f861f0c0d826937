package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.List;

/**
 * {@code MODULE HELP}: what subcommands there are. Reply: array of simple strings. Source: Redis 7.0; RELOAD is ours.
 */
final class ModuleHelp implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("module|help")
            .arity(2)
            .flags(CommandFlag.LOADING, CommandFlag.STALE)
            .summary("Show helpful text about the different subcommands")
            .since("5.0.0")
            .group("server")
            .complexity("O(1)")
            .build();

    private static final List<String> LINES = HelpText.of(
            "MODULE",
            "LIST",
            "    Return a list of loaded modules.",
            "LOAD <path> [<arg> ...]",
            "    Load a module library from <path>, passing to it any optional arguments.",
            "LOADEX <path> [[CONFIG NAME VALUE] [CONFIG NAME VALUE]] [ARGS ...]",
            "    Load a module library from <path>, while passing it module configurations and optional arguments.",
            "RELOAD <name>",
            "    Load a module anew from where it came, keeping all values of its types.",
            "UNLOAD <name>",
            "    Unload a module.");

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        HelpText.reply(LINES, reply);
    }
}

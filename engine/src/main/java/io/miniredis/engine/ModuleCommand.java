package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Reply;
import java.util.List;

/**
 * {@code MODULE}: plugins. Only its subcommands do anything. Source: Redis 7.0.
 */
public final class ModuleCommand implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("module")
            .arity(-2)
            .summary("A container for module commands")
            .since("4.0.0")
            .group("server")
            .complexity("Depends on subcommand.")
            .build();

    private static final Help HELP = new Help(
            Help.spec("module").since("5.0.0").group("server").build(),
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

    /** For the service loader. */
    public ModuleCommand() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public List<CommandHandler> subcommands() {
        return List.of(
                new ModuleLoadex(), HELP, new ModuleLoad(), new ModuleReload(), new ModuleList(), new ModuleUnload());
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        throw Errors.wrongArity("module");
    }
}

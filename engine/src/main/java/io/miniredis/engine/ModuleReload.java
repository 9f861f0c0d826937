package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code MODULE RELOAD name}: loads a plugin anew from where it came, with the arguments and the configuration that it was given, and has
 * it take the place of the one that is there, at one moment for everyone. Values of its types stay. Reply: OK. Errors: not
 * allowed; no such plugin; anything that is wrong with the new one, and then the old one stays. Redis has nothing like it.
 */
final class ModuleReload implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("module|reload")
            .arity(3)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.NO_ASYNC_LOADING)
            .args(ArgSpec.of("name", ArgSpec.Type.STRING))
            .summary("Load a module anew")
            .group("server")
            .complexity("O(N) where N is the number of keys, if the module has value types")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        String name = args.utf8(2);
        PluginChange.make(context, "reloading module", plugins -> plugins.reload(name));
    }
}

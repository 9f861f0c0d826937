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
 * {@code MODULE UNLOAD name}: unloads a plugin. Commands of it that run end first; values of its types stay, parked until it is loaded
 * again. Reply: OK. Errors: not allowed; no such plugin; its eviction policy is in use. Source: Redis 7.0.
 */
final class ModuleUnload implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("module|unload")
            .arity(3)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.NO_ASYNC_LOADING)
            .args(ArgSpec.of("name", ArgSpec.Type.STRING))
            .summary("Unload a module")
            .since("4.0.0")
            .group("server")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        String name = args.utf8(2);
        PluginChange.make(context, "unloading module", plugins -> plugins.unload(name));
    }
}

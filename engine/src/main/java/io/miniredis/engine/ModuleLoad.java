package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code MODULE LOAD path [arg ...]}: loads a plugin from a jar, or a folder with jars, that lies in the plugins folder. Reply: OK.
 * Errors: not allowed; anything that is wrong with the plugin, and then nothing of it is there. Source: Redis 7.0.
 */
final class ModuleLoad implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("module|load")
            .arity(-3)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.NO_ASYNC_LOADING)
            .args(
                    ArgSpec.of("path", ArgSpec.Type.STRING),
                    ArgSpec.of("arg", ArgSpec.Type.STRING).optional().multiple())
            .summary("Load a module")
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
        List<String> arguments = new ArrayList<>();
        for (int i = 3; i < args.size(); i++) {
            arguments.add(args.utf8(i));
        }
        load(context, args.utf8(2), new Plugins.Given(Map.of(), arguments));
    }

    static void load(CommandContext context, String path, Plugins.Given given) throws CommandException {
        PluginChange.make(context, "loading the extension", plugins -> plugins.load(path, given));
    }
}

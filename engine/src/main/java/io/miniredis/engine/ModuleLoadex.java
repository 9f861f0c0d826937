package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code MODULE LOADEX path [CONFIG name value ...] [ARGS arg ...]}: as MODULE LOAD, with a configuration. Reply: OK. Errors: as
 * MODULE LOAD; a name without a value. Source: Redis 7.0.
 */
final class ModuleLoadex implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("module|loadex")
            .arity(-3)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.NO_ASYNC_LOADING)
            .args(
                    ArgSpec.of("path", ArgSpec.Type.STRING),
                    ArgSpec.block(
                                    "configs",
                                    ArgSpec.of("name", ArgSpec.Type.STRING),
                                    ArgSpec.of("value", ArgSpec.Type.STRING))
                            .withToken("CONFIG")
                            .optional()
                            .multiple()
                            .multipleToken(),
                    ArgSpec.block("args", ArgSpec.of("arg", ArgSpec.Type.STRING))
                            .withToken("ARGS")
                            .optional()
                            .multiple())
            .summary("Load a module with extended parameters")
            .since("7.0.0")
            .group("server")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Map<String, String> configuration = new LinkedHashMap<>();
        List<String> arguments = new ArrayList<>();
        for (int i = 3; i < args.size(); i++) {
            if (args.is(i, "CONFIG") && i + 2 < args.size()) {
                configuration.put(args.utf8(i + 1), args.utf8(i + 2));
                i += 2;
            } else if (args.is(i, "ARGS")) {
                while (++i < args.size()) {
                    arguments.add(args.utf8(i));
                }
            } else {
                throw Errors.syntax();
            }
        }
        ModuleLoad.load(context, args.utf8(2), new Plugins.Given(configuration, arguments));
    }
}

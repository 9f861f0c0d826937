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
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code CONFIG SET directive value [directive value ...]}: changes directives, all of them or none. Reply: OK.
 * Errors: unknown, immutable, repeated, or a value that the directive does not take. Source: Redis 7.0.
 */
final class ConfigSet implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("config|set")
            .arity(-4)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .args(ArgSpec.block(
                            "parameter_value",
                            ArgSpec.of("parameter", ArgSpec.Type.STRING),
                            ArgSpec.of("value", ArgSpec.Type.STRING))
                    .multiple())
            .tips("request_policy:all_nodes", "response_policy:all_succeeded")
            .summary("Set configuration parameters to the given values")
            .since("2.0.0")
            .group("server")
            .complexity("O(N) when N is the number of configuration parameters provided")
            .history("7.0.0", "Added the ability to set multiple parameters in one call.")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        if (args.size() % 2 != 0) {
            throw Errors.wrongArity("config|set");
        }
        Settings settings = Worker.of(context).engine.settings();
        Map<String, String> changes = new LinkedHashMap<>();
        for (int i = 2; i < args.size(); i += 2) {
            String given = args.utf8(i);
            Directive directive = settings.directive(given);
            if (directive == null) {
                throw new CommandException(
                        "ERR Unknown option or number of arguments for CONFIG SET - '" + given + "'");
            }
            changes.put(directive.name(), checked(directive, given, args.utf8(i + 1), changes));
        }
        // The locks of keys are taken again where a change needs them.
        Worker.of(context).locks.releaseAll();
        settings.setAll(changes);
        reply.ok();
    }

    private static String checked(Directive directive, String given, String value, Map<String, String> before)
            throws CommandException {
        if (!directive.isMutable()) {
            throw failed(given, "can't set immutable config");
        }
        if (before.containsKey(directive.name())) {
            throw failed(given, "duplicate parameter");
        }
        try {
            return directive.canonical(value);
        } catch (IllegalArgumentException e) {
            throw failed(given, e.getMessage());
        }
    }

    private static CommandException failed(String given, String reason) {
        return new CommandException("ERR CONFIG SET failed (possibly related to argument '" + given + "') - " + reason);
    }
}

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
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

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
            throw Errors.syntax();
        }
        Settings settings = Worker.of(context).engine.settings();
        Set<Directive> directives = directives(args, settings);
        Map<String, String> changes = new LinkedHashMap<>();
        int value = 3;
        for (Directive directive : directives) {
            changes.put(directive.name(), changed(directive, settings.get(directive.name()), args.utf8(value)));
            value += 2;
        }
        // The locks of keys are taken again where a change needs them.
        Worker.of(context).locks.releaseAll();
        settings.setAll(changes);
        Worker.of(context).settingsChanged();
        reply.ok();
    }

    /** The named directives, in their order; checked before any value is, as in Redis. */
    private static Set<Directive> directives(Args args, Settings settings) throws CommandException {
        Set<Directive> directives = new LinkedHashSet<>();
        for (int i = 2; i < args.size(); i += 2) {
            Directive directive = settings.directive(args.utf8(i));
            if (directive == null) {
                throw new CommandException(
                        "ERR Unknown option or number of arguments for CONFIG SET - '" + args.slice(i) + "'");
            }
            if (!directive.isMutable()) {
                throw failed(directive, "can't set immutable config");
            }
            if (!directives.add(directive)) {
                throw failed(directive, "duplicate parameter");
            }
        }
        return directives;
    }

    private static String changed(Directive directive, String current, String value) throws CommandException {
        try {
            return directive.changed(current, value);
        } catch (IllegalArgumentException e) {
            throw failed(directive, e.getMessage());
        }
    }

    private static CommandException failed(Directive directive, String reason) {
        return new CommandException(
                "ERR CONFIG SET failed (possibly related to argument '" + directive.name() + "') - " + reason);
    }
}

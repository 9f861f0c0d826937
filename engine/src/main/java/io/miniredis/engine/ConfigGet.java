package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code CONFIG GET pattern [pattern ...]}: the directives whose names match, with their values. Reply: map. Cost:
 * O(directives). Source: Redis 7.0.
 */
final class ConfigGet implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("config|get")
            .arity(-3)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .args(ArgSpec.block("parameter", ArgSpec.of("parameter", ArgSpec.Type.STRING))
                    .multiple())
            .summary("Get the values of configuration parameters")
            .since("2.0.0")
            .group("server")
            .complexity("O(N) when N is the number of configuration parameters provided")
            .history("7.0.0", "Added the ability to pass multiple pattern parameters in one call")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        Settings settings = Worker.of(context).engine.settings();
        Map<Directive, String> found = new LinkedHashMap<>();
        for (int i = 2; i < args.size(); i++) {
            find(settings, args.slice(i), found);
        }
        reply.map(found.size());
        found.forEach((directive, name) -> {
            reply.bulk(name);
            reply.bulk(settings.get(directive.name()));
        });
    }

    /** Adds the directives that match, with the names to show; what is no pattern is shown as it was written. */
    private static void find(Settings settings, Slice pattern, Map<Directive, String> found) {
        String text = pattern.utf8();
        if (text.chars().noneMatch(c -> "*?[".indexOf(c) >= 0)) {
            Directive directive = settings.directive(text);
            if (directive != null) {
                found.putIfAbsent(directive, text);
            }
            return;
        }
        Glob glob = new Glob(pattern, Glob.Case.IGNORED);
        for (Directive directive : settings.directives()) {
            if (glob.matches(new Slice(directive.name().getBytes(StandardCharsets.UTF_8)))) {
                found.putIfAbsent(directive, directive.name());
            }
        }
    }
}

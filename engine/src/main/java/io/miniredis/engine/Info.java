package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * {@code INFO [section ...]}: the state of the server, as text. Reply: verbatim string. Cost: O(commands +
 * threads). Source: Redis 7.0.
 */
public final class Info implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("info")
            .arity(-1)
            .flags(CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.DANGEROUS)
            .args(ArgSpec.of("section", ArgSpec.Type.STRING).optional().multiple())
            .tips("nondeterministic_output", "request_policy:all_shards", "response_policy:special")
            .summary("Get information and statistics about the server")
            .since("1.0.0")
            .group("server")
            .complexity("O(1)")
            .history("7.0.0", "Added support for taking multiple section arguments.")
            .build();

    /** For the service loader. */
    public Info() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        Set<String> sections = new LinkedHashSet<>();
        for (int i = 1; i < args.size(); i++) {
            sections.add(args.utf8(i).toLowerCase(Locale.ROOT));
        }
        Worker worker = Worker.of(context);
        reply.verbatim("txt", new InfoText(worker).of(sections));
    }
}

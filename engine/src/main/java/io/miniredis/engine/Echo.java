package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code ECHO message}: answers the message. Reply: bulk string. Cost: O(1). Source: Redis 7.0.
 */
public final class Echo implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("echo")
            .arity(2)
            .fast()
            .flags(CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .args(ArgSpec.of("message", ArgSpec.Type.STRING))
            .summary("Echo the given string")
            .since("1.0.0")
            .group("connection")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Echo() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        reply.bulk(args.slice(1));
    }
}

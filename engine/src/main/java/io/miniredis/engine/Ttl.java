package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.KeySpec.Access;
import io.miniredis.api.Reply;

/**
 * {@code TTL key}: how long a key has to live. Reply: integer, seconds, rounded; -1 if for ever, -2 if there is no
 * such key. Cost: O(1). Source: Redis 7.0.
 */
public final class Ttl implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("ttl")
            .arity(2)
            .readOnly()
            .fast()
            .categories(CommandCategory.KEYSPACE)
            .keys(KeySpec.at(1, Access.RO, Access.ACCESS))
            .args(ArgSpec.key("key", 0))
            .tips("nondeterministic_output")
            .summary("Get the time to live for a key in seconds")
            .since("1.0.0")
            .group("generic")
            .complexity("O(1)")
            .history("2.8.0", "Added the -2 reply.")
            .build();

    /** For the service loader. */
    public Ttl() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        reply.integer(Expiration.left(Expiration.Unit.SECONDS, context, args));
    }
}

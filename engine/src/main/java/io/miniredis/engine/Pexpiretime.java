package io.miniredis.engine;

import static io.miniredis.api.KeySpec.Access.ACCESS;
import static io.miniredis.api.KeySpec.Access.RO;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;

/**
 * {@code PEXPIRETIME key}: when a key expires, as a Unix time in milliseconds. Reply: integer; -1 if it never does, -2 if there is no such key.
 * Cost: O(1). Source: Redis 7.0.
 */
public final class Pexpiretime implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("pexpiretime")
            .arity(2)
            .readOnly()
            .fast()
            .categories(CommandCategory.KEYSPACE)
            .keys(KeySpec.at(1, RO, ACCESS))
            .args(ArgSpec.key("key", 0))
            .summary("Get the expiration Unix timestamp for a key in milliseconds")
            .since("7.0.0")
            .group("generic")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Pexpiretime() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        reply.integer(Expiration.moment(Expiration.Unit.MILLISECONDS, context, args));
    }
}

package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import io.miniredis.api.KeySpec.Access;
import io.miniredis.api.Keyspace;
import io.miniredis.api.Reply;

/**
 * {@code PERSIST key}: takes a key's expiry away. Reply: integer, 1 if it had one. Cost: O(1). Source: Redis 7.0.
 */
public final class Persist implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("persist")
            .arity(2)
            .write()
            .fast()
            .categories(CommandCategory.KEYSPACE)
            .keys(KeySpec.at(1, Access.RW, Access.UPDATE))
            .args(ArgSpec.key("key", 0))
            .summary("Remove the expiration from a key")
            .since("2.2.0")
            .group("generic")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Persist() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        WorkingKeyspace keyspace = Worker.of(context).keyspace();
        Key key = args.key(1);
        boolean expires = keyspace.touch(key) && keyspace.expiresAtMillis(key) != Keyspace.NO_EXPIRY;
        if (expires) {
            keyspace.expireAt(key, Keyspace.NO_EXPIRY);
        }
        reply.integer(expires ? 1 : 0);
    }
}

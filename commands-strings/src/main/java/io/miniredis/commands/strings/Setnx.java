package io.miniredis.commands.strings;

import static io.miniredis.api.KeySpec.Access.INSERT;
import static io.miniredis.api.KeySpec.Access.OW;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Keyspace;
import io.miniredis.api.Reply;

/**
 * {@code SETNX key value}: stores a string if there is no such key. Reply: integer, 1 if it did, 0 if not. Cost: O(1). Source:
 * Redis 7.0, SETNX.
 */
public final class Setnx implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("setnx")
            .arity(3)
            .write()
            .denyOom()
            .fast()
            .categories(CommandCategory.STRING)
            .keys(KeySpec.at(1, OW, INSERT))
            .args(ArgSpec.key("key", 0), ArgSpec.of("value", ArgSpec.Type.STRING))
            .summary("Set the value of a key, only if the key does not exist")
            .since("1.0.0")
            .event("set")
            .group("string")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Setnx() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        Key key = args.key(1);
        boolean stores = !context.keyspace().exists(key);
        if (stores) {
            context.keyspace().put(key, StringType.INSTANCE, args.slice(2), Keyspace.NO_EXPIRY);
        }
        reply.integer(stores ? 1 : 0);
    }
}

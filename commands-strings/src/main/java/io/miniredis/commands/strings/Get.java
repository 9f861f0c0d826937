package io.miniredis.commands.strings;

import static io.miniredis.api.KeySpec.Access.ACCESS;
import static io.miniredis.api.KeySpec.Access.RO;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;

/**
 * {@code GET key}: reads a string. Reply: bulk string, or null if there is no such key. Errors: WRONGTYPE if the key
 * holds another type. Cost: O(1). Source: Redis 7.0, GET.
 */
public final class Get implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("get")
            .arity(2)
            .readOnly()
            .fast()
            .categories(CommandCategory.STRING)
            .keys(KeySpec.at(1, RO, ACCESS))
            .args(ArgSpec.key("key", 0))
            .summary("Get the value of a key")
            .since("1.0.0")
            .group("string")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Get() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        reply(context, args.key(1), reply);
    }

    /** Replies with what a key holds. */
    static void reply(CommandContext context, Key key, Reply reply) throws CommandException {
        Slice value = context.keyspace().read(key, StringType.INSTANCE);
        if (value == null) {
            reply.nil();
        } else {
            reply.bulk(value);
        }
    }
}

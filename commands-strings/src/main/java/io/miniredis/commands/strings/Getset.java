package io.miniredis.commands.strings;

import static io.miniredis.api.KeySpec.Access.ACCESS;
import static io.miniredis.api.KeySpec.Access.RW;
import static io.miniredis.api.KeySpec.Access.UPDATE;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Keyspace;
import io.miniredis.api.Reply;

/**
 * {@code GETSET key value}: stores a string and answers what the key held; its expiry ends. Reply: bulk string, or null if there
 * was none. Errors: WRONGTYPE if the key holds another type. Cost: O(1). Source: Redis 7.0, GETSET.
 */
public final class Getset implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("getset")
            .arity(3)
            .write()
            .denyOom()
            .fast()
            .categories(CommandCategory.STRING)
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE))
            .args(ArgSpec.key("key", 0), ArgSpec.of("value", ArgSpec.Type.STRING))
            .summary("Set the string value of a key and return its old value")
            .since("1.0.0")
            .event("set")
            .group("string")
            .complexity("O(1)")
            .deprecated("6.2.0", "`SET` with the `!GET` argument")
            .build();

    /** For the service loader. */
    public Getset() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Key key = args.key(1);
        Get.reply(context, key, reply);
        context.keyspace().put(key, StringType.INSTANCE, args.slice(2), Keyspace.NO_EXPIRY);
    }
}

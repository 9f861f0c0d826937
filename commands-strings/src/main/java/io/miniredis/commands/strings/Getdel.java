package io.miniredis.commands.strings;

import static io.miniredis.api.KeySpec.Access.ACCESS;
import static io.miniredis.api.KeySpec.Access.DELETE;
import static io.miniredis.api.KeySpec.Access.RW;

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

/**
 * {@code GETDEL key}: reads a string and removes its key. Reply: bulk string, or null if there is no such key. Errors: WRONGTYPE
 * if the key holds another type. Cost: O(1). Source: Redis 7.0, GETDEL.
 */
public final class Getdel implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("getdel")
            .arity(2)
            .write()
            .fast()
            .categories(CommandCategory.STRING)
            .keys(KeySpec.at(1, RW, ACCESS, DELETE))
            .args(ArgSpec.key("key", 0))
            .summary("Get the value of a key and delete the key")
            .since("6.2.0")
            .group("string")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Getdel() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Key key = args.key(1);
        Get.reply(context, key, reply);
        context.keyspace().delete(key);
    }
}

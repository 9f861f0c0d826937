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

/**
 * {@code MGET key [key ...]}: reads several strings at one moment. Reply: array, for each key a bulk string, or null if
 * there is no such key or it holds another type. Cost: O(1) per key. Source: Redis 7.0, MGET.
 */
public final class Mget implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("mget")
            .arity(-2)
            .readOnly()
            .fast()
            .categories(CommandCategory.STRING)
            .keys(KeySpec.range(1, -1, 1, RO, ACCESS))
            .args(ArgSpec.key("key", 0).multiple())
            .tips("request_policy:multi_shard")
            .summary("Get the values of all the given keys")
            .since("1.0.0")
            .group("string")
            .complexity("O(N) where N is the number of keys to retrieve.")
            .build();

    /** For the service loader. */
    public Mget() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        reply.array(args.size() - 1);
        for (int i = 1; i < args.size(); i++) {
            replyOrNil(context, args.key(i), reply);
        }
    }

    private static void replyOrNil(CommandContext context, Key key, Reply reply) {
        try {
            Get.reply(context, key, reply);
        } catch (CommandException wrongType) {
            // Thrown before anything is written.
            reply.nil();
        }
    }
}

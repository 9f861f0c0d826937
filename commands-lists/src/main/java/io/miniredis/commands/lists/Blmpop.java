package io.miniredis.commands.lists;

import static io.miniredis.api.KeySpec.Access.ACCESS;
import static io.miniredis.api.KeySpec.Access.DELETE;
import static io.miniredis.api.KeySpec.Access.RW;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;

/**
 * {@code BLMPOP timeout numkeys key [key ...] LEFT | RIGHT [COUNT count]}: LMPOP, or waits for a list for so many seconds, 0 for ever.
 * Reply: array of its key and an array of the elements; null array if nothing came up. Errors: the timeout is no number or negative;
 * counts that are not positive; syntax error; WRONGTYPE if a key that is looked at holds another type. Cost: O(1) per key and per
 * element. Source: Redis 7.0, BLMPOP.
 */
public final class Blmpop implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("blmpop")
            .arity(-5)
            .write()
            .flags(CommandFlag.BLOCKING)
            .categories(CommandCategory.LIST)
            .keys(KeySpec.counted(2, RW, ACCESS, DELETE))
            .args(
                    ArgSpec.of("timeout", ArgSpec.Type.DOUBLE),
                    ArgSpec.of("numkeys", ArgSpec.Type.INTEGER),
                    ArgSpec.key("key", 0).multiple(),
                    ArgSpec.oneOf("where", ArgSpec.token("left", "LEFT"), ArgSpec.token("right", "RIGHT")),
                    ArgSpec.of("count", ArgSpec.Type.INTEGER).withToken("COUNT").optional())
            .summary("Pop elements from a list, or block until one is available")
            .since("7.0.0")
            .group("list")
            .complexity("O(N+M) where N is the number of provided keys and M is the number of elements returned.")
            .build();

    /** For the service loader. */
    public Blmpop() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        MultiPop pop = new MultiPop(args, 2);
        long timeoutMillis = Timeout.millis(args, 1);
        Key ready = context.readyKey();
        boolean answered = ready != null ? pop.run(context, ready, reply) : pop.run(context, args, reply);
        if (!answered && !context.block(timeoutMillis, ListType.INSTANCE, pop.keys(args))) {
            reply.nullArray();
        }
    }
}

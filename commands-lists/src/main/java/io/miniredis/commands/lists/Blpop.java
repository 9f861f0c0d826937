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
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;

/**
 * {@code BLPOP key [key ...] timeout}: removes the first element of the first list that there is, or waits for one for so many
 * seconds, 0 for ever. Reply: array of the key and the element; null array if nothing came up. Errors: the timeout is no number or
 * negative; WRONGTYPE if a key that is looked at holds another type. Cost: O(1) per key. Source: Redis 7.0, BLPOP.
 */
public final class Blpop implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("blpop")
            .arity(-3)
            .write()
            .flags(CommandFlag.NOSCRIPT, CommandFlag.BLOCKING)
            .categories(CommandCategory.LIST)
            .keys(KeySpec.range(1, -2, 1, RW, ACCESS, DELETE))
            .args(ArgSpec.key("key", 0).multiple(), ArgSpec.of("timeout", ArgSpec.Type.DOUBLE))
            .summary("Remove and get the first element in a list, or block until one is available")
            .since("2.0.0")
            .event("lpop")
            .group("list")
            .complexity("O(N) where N is the number of provided keys.")
            .history("6.0.0", "`timeout` is interpreted as a double instead of an integer.")
            .build();

    /** For the service loader. */
    public Blpop() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        BlockingPop.run(ListEnd.HEAD, context, args, reply);
    }
}

package io.miniredis.commands.lists;

import static io.miniredis.api.KeySpec.Access.ACCESS;
import static io.miniredis.api.KeySpec.Access.DELETE;
import static io.miniredis.api.KeySpec.Access.INSERT;
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
 * {@code BRPOPLPUSH source destination timeout}: RPOPLPUSH, or waits for the source for so many seconds, 0 for ever. Reply: bulk
 * string, the element; null array if nothing came up. Errors: the timeout is no number or negative; WRONGTYPE if a key holds another
 * type. Cost: O(1). Source: Redis 7.0, BRPOPLPUSH.
 */
public final class Brpoplpush implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("brpoplpush")
            .arity(4)
            .write()
            .denyOom()
            .flags(CommandFlag.NOSCRIPT, CommandFlag.BLOCKING)
            .categories(CommandCategory.LIST)
            .keys(KeySpec.at(1, RW, ACCESS, DELETE), KeySpec.at(2, RW, INSERT))
            .args(ArgSpec.key("source", 0), ArgSpec.key("destination", 1), ArgSpec.of("timeout", ArgSpec.Type.DOUBLE))
            .summary(
                    "Pop an element from a list, push it to another list and return it; or block until one is available")
            .since("2.2.0")
            .group("list")
            .complexity("O(1)")
            .history("6.0.0", "`timeout` is interpreted as a double instead of an integer.")
            .deprecated("6.2.0", "`BLMOVE` with the `RIGHT` and `LEFT` arguments")
            .build();

    /** For the service loader. */
    public Brpoplpush() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Transfer.runOrBlock(ListEnd.TAIL, ListEnd.HEAD, Timeout.millis(args, 3), context, args, reply);
    }
}

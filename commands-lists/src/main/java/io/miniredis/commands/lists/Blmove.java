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
 * {@code BLMOVE source destination LEFT | RIGHT LEFT | RIGHT timeout}: LMOVE, or waits for the source for so many seconds, 0 for ever.
 * Reply: bulk string, the element; null array if nothing came up. Errors: syntax error; the timeout is no number or negative;
 * WRONGTYPE if a key holds another type. Cost: O(1). Source: Redis 7.0, BLMOVE.
 */
public final class Blmove implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("blmove")
            .arity(6)
            .write()
            .denyOom()
            .flags(CommandFlag.NOSCRIPT, CommandFlag.BLOCKING)
            .categories(CommandCategory.LIST)
            .keys(KeySpec.at(1, RW, ACCESS, DELETE), KeySpec.at(2, RW, INSERT))
            .args(
                    ArgSpec.key("source", 0),
                    ArgSpec.key("destination", 1),
                    ArgSpec.oneOf("wherefrom", ArgSpec.token("left", "LEFT"), ArgSpec.token("right", "RIGHT")),
                    ArgSpec.oneOf("whereto", ArgSpec.token("left", "LEFT"), ArgSpec.token("right", "RIGHT")),
                    ArgSpec.of("timeout", ArgSpec.Type.DOUBLE))
            .summary(
                    "Pop an element from a list, push it to another list and return it; or block until one is available")
            .since("6.2.0")
            .group("list")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Blmove() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        ListEnd from = ListEnd.named(args, 3);
        ListEnd to = ListEnd.named(args, 4);
        Transfer.runOrBlock(from, to, Timeout.millis(args, 5), context, args, reply);
    }
}

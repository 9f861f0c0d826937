package io.miniredis.commands.lists;

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
import io.miniredis.api.Errors;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;

/**
 * {@code LPOP key [count]}: removes the first element, or as many as {@code count} says, from the head on. A list
 * without elements is no more. Reply: bulk string, or null if there is no such key; with a count array, or null array.
 * Errors: WRONGTYPE if the key holds another type; a count that is negative or not a number. Cost: O(1) per element.
 * Source: Redis 7.0, LPOP.
 */
public final class Lpop implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("lpop")
            .arity(-2)
            .write()
            .fast()
            .categories(CommandCategory.LIST)
            .keys(KeySpec.at(1, RW, ACCESS, DELETE))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.of("count", ArgSpec.Type.INTEGER).optional().since("6.2.0"))
            .summary("Remove and get the first elements in a list")
            .since("1.0.0")
            .group("list")
            .complexity("O(N) where N is the number of elements returned")
            .history("6.2.0", "Added the `count` argument.")
            .build();

    /** For the service loader. */
    public Lpop() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        if (args.size() > 3) {
            throw Errors.wrongArity(SPEC.name());
        }
        if (args.size() == 3) {
            Pop.several(ListEnd.HEAD, context, args, reply);
        } else {
            Pop.one(ListEnd.HEAD, context, args, reply);
        }
    }
}

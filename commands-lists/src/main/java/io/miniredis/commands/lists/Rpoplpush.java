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
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;

/**
 * {@code RPOPLPUSH source destination}: removes the last element of a list and inserts it at the head of another, or of the same.
 * Reply: bulk string, the element, or null if there is no such source. Errors: WRONGTYPE if a key holds another type. Cost: O(1).
 * Source: Redis 7.0, RPOPLPUSH.
 */
public final class Rpoplpush implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("rpoplpush")
            .arity(3)
            .write()
            .denyOom()
            .categories(CommandCategory.LIST)
            .keys(KeySpec.at(1, RW, ACCESS, DELETE), KeySpec.at(2, RW, INSERT))
            .args(ArgSpec.key("source", 0), ArgSpec.key("destination", 1))
            .summary("Remove the last element in a list, prepend it to another list and return it")
            .since("1.2.0")
            .group("list")
            .complexity("O(1)")
            .deprecated("6.2.0", "`LMOVE` with the `RIGHT` and `LEFT` arguments")
            .build();

    /** For the service loader. */
    public Rpoplpush() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Transfer.run(ListEnd.TAIL, ListEnd.HEAD, context, args, reply);
    }
}

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
 * {@code LMOVE source destination LEFT | RIGHT LEFT | RIGHT}: removes the element at one end of a list and inserts it at one end of
 * another, or of the same. Reply: bulk string, the element, or null if there is no such source. Errors: syntax error; WRONGTYPE if
 * a key holds another type. Cost: O(1). Source: Redis 7.0, LMOVE.
 */
public final class Lmove implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("lmove")
            .arity(5)
            .write()
            .denyOom()
            .categories(CommandCategory.LIST)
            .keys(KeySpec.at(1, RW, ACCESS, DELETE), KeySpec.at(2, RW, INSERT))
            .args(
                    ArgSpec.key("source", 0),
                    ArgSpec.key("destination", 1),
                    ArgSpec.oneOf("wherefrom", ArgSpec.token("left", "LEFT"), ArgSpec.token("right", "RIGHT")),
                    ArgSpec.oneOf("whereto", ArgSpec.token("left", "LEFT"), ArgSpec.token("right", "RIGHT")))
            .summary("Pop an element from a list, push it to another list and return it")
            .since("6.2.0")
            .group("list")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Lmove() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Transfer.run(ListEnd.named(args, 3), ListEnd.named(args, 4), context, args, reply);
    }
}

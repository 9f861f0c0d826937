package io.miniredis.commands.lists;

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
 * {@code RPUSH key element [element ...]}: appends the elements at the tail, one by one, so the last one ends up last.
 * Reply: integer, the list's length after the push. Errors: WRONGTYPE if the key holds another type. Cost: O(1) per
 * element. Source: Redis 7.0, RPUSH.
 */
public final class Rpush implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("rpush")
            .arity(-3)
            .write()
            .denyOom()
            .fast()
            .categories(CommandCategory.LIST)
            .keys(KeySpec.at(1, RW, INSERT))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.of("element", ArgSpec.Type.STRING).multiple())
            .summary("Append one or multiple elements to a list")
            .since("1.0.0")
            .group("list")
            .complexity("O(1) for each element added, so O(N) to add N elements when the command is called with"
                    + " multiple arguments.")
            .history("2.4.0", "Accepts multiple `element` arguments.")
            .build();

    /** For the service loader. */
    public Rpush() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Push.onto(ListEnd.TAIL, context, args, reply);
    }
}

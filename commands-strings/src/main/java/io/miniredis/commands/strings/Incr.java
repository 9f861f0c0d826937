package io.miniredis.commands.strings;

import static io.miniredis.api.KeySpec.Access.ACCESS;
import static io.miniredis.api.KeySpec.Access.RW;
import static io.miniredis.api.KeySpec.Access.UPDATE;

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
 * {@code INCR key}: adds one to a number; no such key counts as 0. Reply: integer, the number after that. Errors:
 * WRONGTYPE if the key holds another type; not an integer; overflow. Cost: O(1). Source: Redis 7.0, INCR.
 */
public final class Incr implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("incr")
            .arity(2)
            .write()
            .denyOom()
            .fast()
            .categories(CommandCategory.STRING)
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE))
            .args(ArgSpec.key("key", 0))
            .summary("Increment the integer value of a key by one")
            .since("1.0.0")
            .event("incrby")
            .group("string")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Incr() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Increment.by(1, context, args, reply);
    }
}

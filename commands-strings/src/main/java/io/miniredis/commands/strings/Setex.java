package io.miniredis.commands.strings;

import static io.miniredis.api.KeySpec.Access.OW;
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
 * {@code SETEX key seconds value}: stores a string that ends in so many seconds, whatever the key held. Reply: OK.
 * Errors: a time that is not a number, not positive or too large. Cost: O(1). Source: Redis 7.0, SETEX.
 */
public final class Setex implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("setex")
            .arity(4)
            .write()
            .denyOom()
            .categories(CommandCategory.STRING)
            .keys(KeySpec.at(1, OW, UPDATE))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.of("seconds", ArgSpec.Type.INTEGER),
                    ArgSpec.of("value", ArgSpec.Type.STRING))
            .summary("Set the value and expiration of a key")
            .since("2.0.0")
            .event("set")
            .group("string")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Setex() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Expiry.EX.store(context, args, reply, SPEC.name());
    }
}

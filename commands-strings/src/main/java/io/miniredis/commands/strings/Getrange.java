package io.miniredis.commands.strings;

import static io.miniredis.api.KeySpec.Access.ACCESS;
import static io.miniredis.api.KeySpec.Access.RO;

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
 * {@code GETRANGE key start end}: a part of a string, both ends included; negative ones count from the end, -1 is the last byte.
 * Reply: bulk string, empty if the range is or if there is no such key. Errors: an end that is not an integer; WRONGTYPE if the
 * key holds another type. Cost: O(1) and a copy of the part. Source: Redis 7.0, GETRANGE.
 */
public final class Getrange implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("getrange")
            .arity(4)
            .readOnly()
            .categories(CommandCategory.STRING)
            .keys(KeySpec.at(1, RO, ACCESS))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.of("start", ArgSpec.Type.INTEGER),
                    ArgSpec.of("end", ArgSpec.Type.INTEGER))
            .summary("Get a substring of the string stored at a key")
            .since("2.4.0")
            .group("string")
            .complexity("O(N) where N is the length of the returned string. The complexity is ultimately"
                    + " determined by the returned length, but because creating a substring from an"
                    + " existing string is very cheap, it can be considered O(1) for small strings.")
            .build();

    /** For the service loader. */
    public Getrange() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Range.reply(context, args, reply);
    }
}

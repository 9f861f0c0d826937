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
import io.miniredis.api.Slice;

/**
 * {@code GETBIT key offset}: one bit of a string, the highest of the first byte being number 0. Reply: integer, 0 if the string is
 * not as long or there is no such key. Errors: an offset out of range; WRONGTYPE if the key holds another type. Cost: O(1). Source:
 * Redis 7.0, GETBIT.
 */
public final class Getbit implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("getbit")
            .arity(3)
            .readOnly()
            .fast()
            .categories(CommandCategory.BITMAP)
            .keys(KeySpec.at(1, RO, ACCESS))
            .args(ArgSpec.key("key", 0), ArgSpec.of("offset", ArgSpec.Type.INTEGER))
            .summary("Returns the bit value at offset in the string value stored at key")
            .since("2.2.0")
            .group("bitmap")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Getbit() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        long offset = Bits.offset(context, args.slice(2));
        Slice value = context.keyspace().read(args.key(1), StringType.INSTANCE);
        boolean inside = value != null && offset >> 3 < value.length();
        reply.integer(inside ? (value.byteAt((int) (offset >> 3)) >> Bits.shift(offset)) & 1 : 0);
    }
}

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
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;

/**
 * {@code SETBIT key offset value}: changes one bit of a string, the highest of the first byte being number 0; the string grows if
 * need be. Reply: integer, the bit before. Errors: an offset or a bit out of range; WRONGTYPE if the key holds another type. Cost:
 * O(1), and O(1) for each byte added. Source: Redis 7.0, SETBIT.
 */
public final class Setbit implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("setbit")
            .arity(4)
            .write()
            .denyOom()
            .categories(CommandCategory.BITMAP)
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.of("offset", ArgSpec.Type.INTEGER),
                    ArgSpec.of("value", ArgSpec.Type.INTEGER))
            .summary("Sets or clears the bit at offset in the string value stored at key")
            .since("2.2.0")
            .group("bitmap")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Setbit() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        long offset = Bits.offset(context, args.slice(2));
        int bit = bit(args);
        Key key = args.key(1);
        int needed = (int) (offset >> 3) + 1;
        boolean grows = StringType.length(context, key) < needed;
        Slice value = StringType.edit(context, key, needed);
        int at = value.offset() + (int) (offset >> 3);
        int shift = Bits.shift(offset);
        byte[] array = value.array();
        int before = (array[at] >> shift) & 1;
        array[at] = (byte) ((array[at] & ~(1 << shift)) | (bit << shift));
        if (bit == before && !grows) {
            context.keyspace().unchanged(key);
        }
        reply.integer(before);
    }

    private static int bit(Args args) throws CommandException {
        Slice bit = args.slice(3);
        if (bit.length() == 1 && (bit.byteAt(0) == '0' || bit.byteAt(0) == '1')) {
            return bit.byteAt(0) - '0';
        }
        throw new CommandException("ERR bit is not an integer or out of range");
    }
}

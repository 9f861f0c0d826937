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
import io.miniredis.api.Errors;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;

/**
 * {@code BITPOS key bit [start [end [BYTE | BIT]]]}: where the first bit of a kind is, in a string or a part of it, both ends
 * included; negative ones count from the end. Reply: integer, -1 if there is none. Looking for a 0 without an end, zeros follow
 * the string; no such key counts as nothing but zeros. Errors: a bit that is not 0 or 1; WRONGTYPE if the key holds another type; an
 * end that is not an integer; syntax error. Cost: O(N), eight bytes at a time. Source: Redis 7.0, BITPOS.
 */
public final class Bitpos implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("bitpos")
            .arity(-3)
            .readOnly()
            .categories(CommandCategory.BITMAP)
            .keys(KeySpec.at(1, RO, ACCESS))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.of("bit", ArgSpec.Type.INTEGER),
                    ArgSpec.block(
                                    "index",
                                    ArgSpec.of("start", ArgSpec.Type.INTEGER),
                                    ArgSpec.block(
                                                    "end_index",
                                                    ArgSpec.of("end", ArgSpec.Type.INTEGER),
                                                    ArgSpec.oneOf(
                                                                    "index_unit",
                                                                    ArgSpec.token("byte", "BYTE"),
                                                                    ArgSpec.token("bit", "BIT"))
                                                            .optional()
                                                            .since("7.0.0"))
                                            .optional())
                            .optional())
            .summary("Find first bit set or clear in a string")
            .since("2.8.7")
            .group("bitmap")
            .complexity("O(N)")
            .history("7.0.0", "Added the `BYTE|BIT` option.")
            .build();

    /** For the service loader. */
    public Bitpos() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        long bit = args.integer(2);
        if (bit != 0 && bit != 1) {
            throw new CommandException("ERR The bit argument must be 1 or 0.");
        }
        Slice value = context.keyspace().read(args.key(1), StringType.INSTANCE);
        if (value == null) {
            reply.integer(bit == 1 ? -1 : 0);
            return;
        }
        if (args.size() > 6) {
            throw Errors.syntax();
        }
        reply.integer(position(value, bit == 1, args));
    }

    private static long position(Slice value, boolean bit, Args args) throws CommandException {
        boolean endGiven = args.size() > 4;
        long start = args.size() > 3 ? args.integer(3) : 0;
        boolean bits = args.size() == 6 && Bits.unitIsBit(args, 5);
        long length = bits ? value.length() * 8L : value.length();
        long end = endGiven ? args.integer(4) : length - 1;
        long from = Range.start(start, length);
        long to = Range.end(end, length);
        if (from > to) {
            return -1;
        }
        int unit = bits ? 1 : 8;
        long found = Bits.find(value, bit, from * unit, (to + 1) * unit);
        if (found < 0 && !bit && !endGiven) {
            return value.length() * 8L;
        }
        return found;
    }
}

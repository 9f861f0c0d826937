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
 * {@code BITCOUNT key [start end [BYTE | BIT]]}: how many bits of a string are set, or of a part of it, both ends included; negative
 * ones count from the end. Reply: integer, 0 if there is no such key. Errors: WRONGTYPE if the key holds another type; an end that
 * is not an integer; syntax error; all of them only if there is such a key. Cost: O(N), eight bytes at a time. Source: Redis 7.0,
 * BITCOUNT.
 */
public final class Bitcount implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("bitcount")
            .arity(-2)
            .readOnly()
            .categories(CommandCategory.BITMAP)
            .keys(KeySpec.at(1, RO, ACCESS))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.block(
                                    "index",
                                    ArgSpec.of("start", ArgSpec.Type.INTEGER),
                                    ArgSpec.of("end", ArgSpec.Type.INTEGER),
                                    ArgSpec.oneOf(
                                                    "index_unit",
                                                    ArgSpec.token("byte", "BYTE"),
                                                    ArgSpec.token("bit", "BIT"))
                                            .optional()
                                            .since("7.0.0"))
                            .optional())
            .summary("Count set bits in a string")
            .since("2.6.0")
            .group("bitmap")
            .complexity("O(N)")
            .history("7.0.0", "Added the `BYTE|BIT` option.")
            .build();

    /** For the service loader. */
    public Bitcount() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Slice value = context.keyspace().read(args.key(1), StringType.INSTANCE);
        if (value == null) {
            reply.integer(0);
            return;
        }
        if (args.size() == 2) {
            reply.integer(Bits.count(value, 0, value.length() * 8L));
            return;
        }
        if (args.size() > 5 || args.size() == 3) {
            throw Errors.syntax();
        }
        long start = args.integer(2);
        long end = args.integer(3);
        if (start < 0 && end < 0 && start > end) {
            reply.integer(0);
            return;
        }
        boolean bits = args.size() == 5 && Bits.unitIsBit(args, 4);
        long length = bits ? value.length() * 8L : value.length();
        long from = Range.start(start, length);
        long to = Range.end(end, length);
        if (from > to) {
            reply.integer(0);
        } else if (bits) {
            reply.integer(Bits.count(value, from, to + 1));
        } else {
            reply.integer(Bits.count(value, from * 8, (to + 1) * 8));
        }
    }
}

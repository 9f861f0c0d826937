package io.miniredis.commands.strings;

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
 * {@code SETRANGE key offset value}: overwrites a part of a string, which grows if need be, with zeros in between. Reply: integer,
 * the length after that, in bytes. Errors: an offset that is not an integer or negative; WRONGTYPE if the key holds another type;
 * longer than {@code proto-max-bulk-len}. Cost: O(1) for each byte written or added. Source: Redis 7.0, SETRANGE.
 */
public final class Setrange implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("setrange")
            .arity(4)
            .write()
            .denyOom()
            .categories(CommandCategory.STRING)
            .keys(KeySpec.at(1, RW, UPDATE))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.of("offset", ArgSpec.Type.INTEGER),
                    ArgSpec.of("value", ArgSpec.Type.STRING))
            .summary("Overwrite part of a string at key starting at the specified offset")
            .since("2.2.0")
            .group("string")
            .complexity("O(1), not counting the time taken to copy the new string in place. Usually,"
                    + " this string is very small so the amortized complexity is O(1). Otherwise,"
                    + " complexity is O(M) with M being the length of the value argument.")
            .build();

    /** For the service loader. */
    public Setrange() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        long offset = args.integer(2);
        if (offset < 0) {
            throw new CommandException("ERR offset is out of range");
        }
        Key key = args.key(1);
        Slice part = args.slice(3);
        Slice value = context.keyspace().read(key, StringType.INSTANCE);
        if (part.length() == 0) {
            reply.integer(value == null ? 0 : value.length());
            return;
        }
        int end = StringType.checkedLength(context, offset, part.length());
        Slice grown = StringType.edit(context, key, end);
        part.copyTo(grown.array(), grown.offset() + (int) offset);
        reply.integer(grown.length());
    }
}

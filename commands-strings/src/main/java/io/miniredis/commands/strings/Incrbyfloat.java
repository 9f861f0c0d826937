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
import io.miniredis.api.Keyspace;
import io.miniredis.api.LongDouble;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;

/**
 * {@code INCRBYFLOAT key increment}: adds to a number that may have a fraction; no such key counts as 0. Computed with the 64 bits
 * of precision of Redis's long double. Reply: bulk string, the number after that, in plain notation with at most 17 digits
 * after the point. Errors: WRONGTYPE if the key holds another type; not a float; an infinite sum. Cost: O(1). Source: Redis 7.0,
 * INCRBYFLOAT.
 */
public final class Incrbyfloat implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("incrbyfloat")
            .arity(3)
            .write()
            .denyOom()
            .fast()
            .categories(CommandCategory.STRING)
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE))
            .args(ArgSpec.key("key", 0), ArgSpec.of("increment", ArgSpec.Type.DOUBLE))
            .summary("Increment the float value of a key by the given amount")
            .since("2.6.0")
            .group("string")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Incrbyfloat() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Key key = args.key(1);
        Slice value = context.keyspace().read(key, StringType.INSTANCE);
        LongDouble before = value == null ? LongDouble.ZERO : LongDouble.parse(value);
        LongDouble after = before.plus(LongDouble.parse(args.slice(2)));
        if (!after.isFinite()) {
            throw new CommandException("ERR increment would produce NaN or Infinity");
        }
        byte[] digits = after.toBytes();
        context.keyspace().put(key, StringType.INSTANCE, new Slice(digits), Keyspace.KEEP_EXPIRY);
        context.keyspace().note(key, StringType.NO_INTEGER);
        reply.bulk(digits);
    }
}

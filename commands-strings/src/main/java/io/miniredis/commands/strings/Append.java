package io.miniredis.commands.strings;

import static io.miniredis.api.KeySpec.Access.INSERT;
import static io.miniredis.api.KeySpec.Access.RW;

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
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;

/**
 * {@code APPEND key value}: adds bytes to the end of a string; no such key counts as empty. Reply: integer, the length after
 * that, in bytes. Errors: WRONGTYPE if the key holds another type; longer than {@code proto-max-bulk-len}. Cost: O(1) for each
 * byte appended. Source: Redis 7.0, APPEND.
 */
public final class Append implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("append")
            .arity(3)
            .write()
            .denyOom()
            .fast()
            .categories(CommandCategory.STRING)
            .keys(KeySpec.at(1, RW, INSERT))
            .args(ArgSpec.key("key", 0), ArgSpec.of("value", ArgSpec.Type.STRING))
            .summary("Append a value to a key")
            .since("2.0.0")
            .group("string")
            .complexity("O(1). The amortized time complexity is O(1) assuming the appended value is"
                    + " small and the already present value is of any size, since the dynamic string"
                    + " library used by Redis will double the free space available on every"
                    + " reallocation.")
            .build();

    /** For the service loader. */
    public Append() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Key key = args.key(1);
        Slice more = args.slice(2);
        Slice value = context.keyspace().read(key, StringType.INSTANCE);
        if (value == null) {
            context.keyspace().put(key, StringType.INSTANCE, more, Keyspace.NO_EXPIRY);
            reply.integer(more.length());
            return;
        }
        int before = value.length();
        int after = StringType.checkedLength(context, before, more.length());
        Slice grown = StringType.edit(context, key, after);
        more.copyTo(grown.array(), grown.offset() + before);
        reply.integer(after);
    }
}

package io.miniredis.commands.lists;

import static io.miniredis.api.KeySpec.Access.RW;
import static io.miniredis.api.KeySpec.Access.UPDATE;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;

/**
 * {@code LSET key index element}: replaces one element; a negative index counts from the tail, which is -1. Reply: OK. Errors: no
 * such key; WRONGTYPE if the key holds another type; an index that is not an integer or out of range. Cost: as {@link Lindex}.
 * Source: Redis 7.0, LSET.
 */
public final class Lset implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("lset")
            .arity(4)
            .write()
            .denyOom()
            .categories(CommandCategory.LIST)
            .keys(KeySpec.at(1, RW, UPDATE))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.of("index", ArgSpec.Type.INTEGER),
                    ArgSpec.of("element", ArgSpec.Type.STRING))
            .summary("Set the value of an element in a list by its index")
            .since("1.0.0")
            .group("list")
            .complexity("O(N) where N is the length of the list. Setting either the first or the last"
                    + " element of the list is O(1).")
            .build();

    /** For the service loader. */
    public Lset() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Key key = args.key(1);
        PackedList list = ListType.write(context.keyspace(), key);
        if (list == null) {
            throw Errors.noSuchKey();
        }
        context.keyspace().unchanged(key);
        Cursor cursor = Cursor.at(list, args.integer(2));
        if (cursor == null) {
            throw new CommandException("ERR index out of range");
        }
        context.keyspace().write(key, ListType.INSTANCE);
        list.set(cursor, args.slice(3));
        reply.ok();
    }
}

package io.miniredis.commands.lists;

import static io.miniredis.api.KeySpec.Access.DELETE;
import static io.miniredis.api.KeySpec.Access.RW;

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
 * {@code LTRIM key start stop}: keeps the elements from one index to another, both included; negative ones count from the tail,
 * which is -1. A list without elements is no more. Reply: OK. Errors: an index that is not an integer; WRONGTYPE if the key holds
 * another type. Cost: O(1) per chunk that goes. Source: Redis 7.0, LTRIM.
 */
public final class Ltrim implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("ltrim")
            .arity(4)
            .write()
            .categories(CommandCategory.LIST)
            .keys(KeySpec.at(1, RW, DELETE))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.of("start", ArgSpec.Type.INTEGER),
                    ArgSpec.of("stop", ArgSpec.Type.INTEGER))
            .summary("Trim a list to the specified range")
            .since("1.0.0")
            .group("list")
            .complexity("O(N) where N is the number of elements to be removed by the operation.")
            .build();

    /** For the service loader. */
    public Ltrim() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        long start = args.integer(2);
        long stop = args.integer(3);
        PackedList list = ListType.write(context.keyspace(), args.key(1));
        if (list != null) {
            long size = list.size();
            long first = Math.max(0, start < 0 ? start + size : start);
            long last = Math.min(size - 1, stop < 0 ? stop + size : stop);
            if (first > last) {
                list.remove(ListEnd.HEAD, size);
            } else {
                list.remove(ListEnd.TAIL, size - 1 - last);
                list.remove(ListEnd.HEAD, first);
            }
        }
        reply.ok();
    }
}

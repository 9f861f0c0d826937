package io.miniredis.commands.lists;

import static io.miniredis.api.KeySpec.Access.INSERT;
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
 * {@code RPUSHX key element [element ...]}: inserts the elements at the tail, one by one, if there is such a list. Reply: integer,
 * the list's length after that, 0 if there is no such key. Errors: WRONGTYPE if the key holds another type. Cost: O(1) per
 * element. Source: Redis 7.0, RPUSHX.
 */
public final class Rpushx implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("rpushx")
            .arity(-3)
            .write()
            .denyOom()
            .fast()
            .categories(CommandCategory.LIST)
            .keys(KeySpec.at(1, RW, INSERT))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.of("element", ArgSpec.Type.STRING).multiple())
            .summary("Append an element to a list, only if the list exists")
            .since("2.2.0")
            .event("rpush")
            .group("list")
            .complexity("O(1) for each element added, so O(N) to add N elements when the command is"
                    + " called with multiple arguments.")
            .history("4.0.0", "Accepts multiple `element` arguments.")
            .build();

    /** For the service loader. */
    public Rpushx() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        PackedList list = ListType.write(context.keyspace(), args.key(1));
        if (list == null) {
            reply.integer(0);
        } else {
            Push.all(list, ListEnd.TAIL, args, reply);
        }
    }
}

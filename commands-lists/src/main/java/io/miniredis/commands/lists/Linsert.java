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
import io.miniredis.api.Errors;
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;

/**
 * {@code LINSERT key BEFORE | AFTER pivot element}: inserts an element beside the first one that is equal to the pivot. Reply:
 * integer, the list's length after that; 0 if there is no such key, -1 if there is no such element. Errors: syntax error; WRONGTYPE
 * if the key holds another type. Cost: O(N) to find the pivot. Source: Redis 7.0, LINSERT.
 */
public final class Linsert implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("linsert")
            .arity(5)
            .write()
            .denyOom()
            .categories(CommandCategory.LIST)
            .keys(KeySpec.at(1, RW, INSERT))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.oneOf("where", ArgSpec.token("before", "BEFORE"), ArgSpec.token("after", "AFTER")),
                    ArgSpec.of("pivot", ArgSpec.Type.STRING),
                    ArgSpec.of("element", ArgSpec.Type.STRING))
            .summary("Insert an element before or after another element in a list")
            .since("2.2.0")
            .group("list")
            .complexity("O(N) where N is the number of elements to traverse before seeing the value"
                    + " pivot. This means that inserting somewhere on the left end on the list (head)"
                    + " can be considered O(1) and inserting somewhere on the right end (tail) is"
                    + " O(N).")
            .build();

    /** For the service loader. */
    public Linsert() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        boolean after = args.is(2, "AFTER");
        if (!after && !args.is(2, "BEFORE")) {
            throw Errors.syntax();
        }
        Key key = args.key(1);
        PackedList list = ListType.write(context.keyspace(), key);
        if (list == null) {
            reply.integer(0);
            return;
        }
        Cursor cursor = Cursor.find(list, args.slice(3));
        if (cursor == null) {
            context.keyspace().unchanged(key);
            reply.integer(-1);
            return;
        }
        list.insert(cursor, after, args.slice(4));
        reply.integer(list.size());
    }
}

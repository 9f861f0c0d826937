package io.miniredis.commands.lists;

import static io.miniredis.api.KeySpec.Access.ACCESS;
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
 * {@code LMPOP numkeys key [key ...] LEFT | RIGHT [COUNT count]}: removes elements from one end of the first list that there is. Reply:
 * array of its key and an array of the elements, or null array if there is no such list. Errors: counts that are not positive;
 * syntax error; WRONGTYPE if a key that is looked at holds another type. Cost: O(1) per key and per element. Source: Redis 7.0,
 * LMPOP.
 */
public final class Lmpop implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("lmpop")
            .arity(-4)
            .write()
            .categories(CommandCategory.LIST)
            .keys(KeySpec.counted(1, RW, ACCESS, DELETE))
            .args(
                    ArgSpec.of("numkeys", ArgSpec.Type.INTEGER),
                    ArgSpec.key("key", 0).multiple(),
                    ArgSpec.oneOf("where", ArgSpec.token("left", "LEFT"), ArgSpec.token("right", "RIGHT")),
                    ArgSpec.of("count", ArgSpec.Type.INTEGER).withToken("COUNT").optional())
            .summary("Pop elements from a list")
            .since("7.0.0")
            .group("list")
            .complexity("O(N+M) where N is the number of provided keys and M is the number of elements" + " returned.")
            .build();

    /** For the service loader. */
    public Lmpop() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        MultiPop pop = new MultiPop(args, 1);
        if (!pop.run(context, args, reply)) {
            reply.nullArray();
        }
    }
}

package io.miniredis.engine;

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
import io.miniredis.api.Reply;

/**
 * {@code MOVE key db}: moves a value, and its expiry, to another database. Reply: integer, 1 if it did; 0 if there is no such key,
 * or one in the other database. Errors: no such database; it is the selected one. Cost: O(1). Source: Redis 7.0.
 */
public final class Move implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("move")
            .arity(3)
            .write()
            .fast()
            .categories(CommandCategory.KEYSPACE)
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE))
            .args(ArgSpec.key("key", 0), ArgSpec.of("db", ArgSpec.Type.INTEGER))
            .summary("Move a key to another database")
            .since("1.0.0")
            .group("generic")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Move() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Worker worker = Worker.of(context);
        int database = worker.databaseAt(args, 2);
        if (database == context.database()) {
            throw Copy.sameObject();
        }
        WorkingKeyspace keyspace = worker.keyspace();
        Key source = args.key(1);
        Key target = keyspace.another(database, source);
        boolean moves = keyspace.exists(source) && !keyspace.exists(target);
        if (moves) {
            keyspace.move(source, target, "move_from", "move_to");
        }
        reply.integer(moves ? 1 : 0);
    }
}

package io.miniredis.engine;

import static io.miniredis.api.KeySpec.Access.ACCESS;
import static io.miniredis.api.KeySpec.Access.OW;
import static io.miniredis.api.KeySpec.Access.RO;
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
import io.miniredis.api.KeyspaceEvent;
import io.miniredis.api.Reply;

/**
 * {@code COPY source destination [DB destination-db] [REPLACE]}: copies a value, and its expiry, to another key or database. Reply:
 * integer, 1 if it did; 0 if there is no such key, or the destination exists and REPLACE does not say that it may go. Errors: no
 * such database; source and destination are the same. Cost: O(N) for collections. Source: Redis 7.0.
 */
public final class Copy implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("copy")
            .arity(-3)
            .write()
            .denyOom()
            .categories(CommandCategory.KEYSPACE)
            .keys(KeySpec.at(1, RO, ACCESS), KeySpec.at(2, OW, UPDATE))
            .args(
                    ArgSpec.key("source", 0),
                    ArgSpec.key("destination", 1),
                    ArgSpec.of("destination-db", ArgSpec.Type.INTEGER)
                            .withToken("DB")
                            .optional(),
                    ArgSpec.token("replace", "REPLACE").optional())
            .summary("Copy a key")
            .since("6.2.0")
            .group("generic")
            .complexity("O(N) worst case for collections, where N is the number of nested items. O(1)"
                    + " for string values.")
            .build();

    /** For the service loader. */
    public Copy() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Worker worker = Worker.of(context);
        int database = context.database();
        boolean replace = false;
        for (int i = 3; i < args.size(); i++) {
            if (args.is(i, "REPLACE")) {
                replace = true;
            } else if (args.is(i, "DB") && i + 1 < args.size()) {
                database = worker.databaseAt(args, ++i);
            } else {
                throw Errors.syntax();
            }
        }
        WorkingKeyspace keyspace = worker.keyspace();
        Key source = args.key(1);
        Key target = keyspace.in(database, args.key(2));
        if (database == context.database() && source.name().contentEquals(target.name())) {
            throw sameObject();
        }
        boolean copies = keyspace.exists(source) && (replace || !keyspace.exists(target));
        if (copies) {
            keyspace.copy(source, target);
            keyspace.event(target, KeyspaceEvent.Type.GENERIC, "copy_to");
        }
        reply.integer(copies ? 1 : 0);
    }

    /** What COPY and MOVE say when nothing would change. */
    static CommandException sameObject() {
        return new CommandException("ERR source and destination objects are the same");
    }
}

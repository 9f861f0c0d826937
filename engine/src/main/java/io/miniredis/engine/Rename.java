package io.miniredis.engine;

import static io.miniredis.api.KeySpec.Access.ACCESS;
import static io.miniredis.api.KeySpec.Access.DELETE;
import static io.miniredis.api.KeySpec.Access.OW;
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
 * {@code RENAME key newkey}: gives a value another key, whatever that held; the expiry goes along. Reply: OK. Errors: no such key.
 * Cost: O(1). Source: Redis 7.0.
 */
public final class Rename implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("rename")
            .arity(3)
            .write()
            .categories(CommandCategory.KEYSPACE)
            .keys(KeySpec.at(1, RW, ACCESS, DELETE), KeySpec.at(2, OW, UPDATE))
            .args(ArgSpec.key("key", 0), ArgSpec.key("newkey", 1))
            .summary("Rename a key")
            .since("1.0.0")
            .group("generic")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Rename() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        WorkingKeyspace keyspace = Worker.of(context).keyspace();
        Key source = args.key(1);
        if (!keyspace.touch(source)) {
            throw Errors.noSuchKey();
        }
        Key target = args.key(2);
        if (!source.name().contentEquals(target.name())) {
            keyspace.move(source, target, "rename_from", "rename_to");
        }
        reply.ok();
    }
}

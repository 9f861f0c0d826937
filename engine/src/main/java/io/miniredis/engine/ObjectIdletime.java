package io.miniredis.engine;

import static io.miniredis.api.KeySpec.Access.RO;

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
 * {@code OBJECT IDLETIME key}: for how long a value was not used. Reply: integer, seconds, or null if there is no such key. Errors: a
 * policy is at work that counts uses instead. Cost: O(1). Source: Redis 7.0.
 */
final class ObjectIdletime implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("object|idletime")
            .arity(3)
            .readOnly()
            .categories(CommandCategory.KEYSPACE)
            .keys(KeySpec.at(2, RO))
            .args(ArgSpec.key("key", 0))
            .tips("nondeterministic_output")
            .summary("Get the time since a Redis object was last accessed")
            .since("2.2.3")
            .group("generic")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Worker worker = Worker.of(context);
        int used = worker.keyspace().used(args.key(2));
        if (used < 0) {
            reply.nil();
        } else if (worker.engine.evictions().countsUses()) {
            throw new CommandException("ERR An LFU maxmemory policy is selected, idle time not tracked."
                    + " Please note that when switching between policies at runtime LRU and LFU data"
                    + " will take some time to adjust.");
        } else {
            reply.integer(AccessTime.between(used, worker.accessTime()));
        }
    }
}

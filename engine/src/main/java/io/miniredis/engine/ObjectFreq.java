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
 * {@code OBJECT FREQ key}: how often a value was used, as an LFU policy counts it. Reply: integer, 0 to 255, or null if there is no such
 * key. Errors: no policy at work counts uses. Cost: O(1). Source: Redis 7.0.
 */
final class ObjectFreq implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("object|freq")
            .arity(3)
            .readOnly()
            .categories(CommandCategory.KEYSPACE)
            .keys(KeySpec.at(2, RO))
            .args(ArgSpec.key("key", 0))
            .tips("nondeterministic_output")
            .summary("Get the logarithmic access frequency counter of a Redis object")
            .since("4.0.0")
            .group("generic")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        WorkingKeyspace keyspace = Worker.of(context).keyspace();
        if (!keyspace.isThere(args.key(2))) {
            reply.nil();
            return;
        }
        int frequency = keyspace.frequency(args.key(2));
        if (frequency < 0) {
            throw new CommandException("ERR An LFU maxmemory policy is not selected, access frequency not tracked."
                    + " Please note that when switching between policies at runtime LRU and LFU data"
                    + " will take some time to adjust.");
        }
        reply.integer(frequency);
    }
}

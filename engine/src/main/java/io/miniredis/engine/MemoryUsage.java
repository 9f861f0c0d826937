package io.miniredis.engine;

import static io.miniredis.api.KeySpec.Access.RO;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;

/**
 * {@code MEMORY USAGE key [SAMPLES count]}: what a key and its value occupy. A value knows its weight, so nothing is sampled. Reply:
 * integer, bytes, or null if there is no such key. Errors: syntax error; not an integer. Cost: O(1). Source: Redis 7.0.
 */
final class MemoryUsage implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("memory|usage")
            .arity(-3)
            .readOnly()
            .keys(KeySpec.at(2, RO))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.of("count", ArgSpec.Type.INTEGER)
                            .withToken("SAMPLES")
                            .optional())
            .summary("Estimate the memory usage of a key")
            .since("4.0.0")
            .group("server")
            .complexity("O(N) where N is the number of samples.")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        for (int i = 3; i < args.size(); i++) {
            if (!args.is(i, "SAMPLES") || i + 1 == args.size()) {
                throw Errors.syntax();
            }
            if (args.integer(++i) < 0) {
                throw Errors.syntax();
            }
        }
        long bytes = Worker.of(context).keyspace().memoryBytes(args.key(2));
        if (bytes == 0) {
            reply.nil();
        } else {
            reply.integer(bytes);
        }
    }
}

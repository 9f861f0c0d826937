package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code WAIT numreplicas timeout}: waits until so many replicas have what this client wrote, or for so many milliseconds, 0 for
 * ever. There are no replicas. Reply: integer, 0. Errors: not an integer, a negative timeout. Source: Redis 7.0.
 */
public final class Wait implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("wait")
            .arity(3)
            .flags(CommandFlag.NOSCRIPT)
            .categories(CommandCategory.CONNECTION)
            .args(ArgSpec.of("numreplicas", ArgSpec.Type.INTEGER), ArgSpec.of("timeout", ArgSpec.Type.INTEGER))
            .tips("request_policy:all_shards", "response_policy:agg_min")
            .summary("Wait for the synchronous replication of all the write commands sent in the context of the"
                    + " current connection")
            .since("3.0.0")
            .group("generic")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Wait() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        long replicas = args.integer(1);
        long timeoutMillis = timeoutMillis(args);
        if (replicas <= 0 || !context.block(timeoutMillis, null)) {
            reply.integer(0);
        }
    }

    @Override
    public void timedOut(CommandContext context, Args args, Reply reply) {
        reply.integer(0);
    }

    private static long timeoutMillis(Args args) throws CommandException {
        long millis;
        try {
            millis = args.integer(2);
        } catch (CommandException notAnInteger) {
            throw new CommandException("ERR timeout is not an integer or out of range");
        }
        if (millis < 0) {
            throw new CommandException("ERR timeout is negative");
        }
        return millis;
    }
}

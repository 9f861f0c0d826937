package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code TIME}: the server's clock. Reply: array of two bulk strings, the seconds since the Unix epoch and the
 * microseconds of the second that passes. Source: Redis 7.0.
 */
public final class Time implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("time")
            .arity(1)
            .flags(CommandFlag.LOADING, CommandFlag.STALE, CommandFlag.FAST)
            .tips("nondeterministic_output")
            .summary("Return the current server time")
            .since("2.6.0")
            .group("server")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Time() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        long micros = Worker.of(context).engine.ticker().micros();
        reply.array(2);
        reply.bulkInteger(micros / 1_000_000);
        reply.bulkInteger(micros % 1_000_000);
    }
}

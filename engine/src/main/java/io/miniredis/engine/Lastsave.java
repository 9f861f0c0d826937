package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.concurrent.TimeUnit;

/**
 * {@code LASTSAVE}: when the data was saved last; as in a Redis that has not saved yet, when the server was started.
 * Reply: integer, seconds since the Unix epoch. Source: Redis 7.0.
 */
public final class Lastsave implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("lastsave")
            .arity(1)
            .flags(CommandFlag.LOADING, CommandFlag.STALE, CommandFlag.FAST)
            .categories(CommandCategory.ADMIN, CommandCategory.DANGEROUS)
            .tips("nondeterministic_output")
            .summary("Get the UNIX time stamp of the last successful save to disk")
            .since("1.0.0")
            .group("server")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Lastsave() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        reply.integer(TimeUnit.MILLISECONDS.toSeconds(Worker.of(context).engine.facts().startMillis));
    }
}

package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Reply;

/**
 * {@code BGSAVE [SCHEDULE]}: refused, since nothing is written to disk and a success would be a lie. Errors: a syntax
 * error first. Source: Redis 7.0, which writes a file.
 */
public final class Bgsave implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("bgsave")
            .arity(-1)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.NO_ASYNC_LOADING)
            .args(ArgSpec.token("schedule", "SCHEDULE").since("3.2.2").optional())
            .summary("Asynchronously save the dataset to disk")
            .since("1.0.0")
            .group("server")
            .complexity("O(1)")
            .history("3.2.2", "Added the `SCHEDULE` option.")
            .build();

    /** For the service loader. */
    public Bgsave() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        if (args.size() > 1 && !(args.size() == 2 && args.is(1, "SCHEDULE"))) {
            throw Errors.syntax();
        }
        throw NoPersistence.refusal();
    }
}

package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code BGREWRITEAOF}: refused, since nothing is written to disk and a success would be a lie. Source: Redis 7.0, which
 * writes a file.
 */
public final class Bgrewriteaof implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("bgrewriteaof")
            .arity(1)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.NO_ASYNC_LOADING)
            .summary("Asynchronously rewrite the append-only file")
            .since("1.0.0")
            .group("server")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Bgrewriteaof() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        throw NoPersistence.refusal();
    }
}

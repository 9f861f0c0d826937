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
 * {@code SELECT index}: chooses the database that the following commands work on. Reply: OK. Errors: not a number,
 * out of range. Cost: O(1). Source: Redis 7.0.
 */
public final class Select implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("select")
            .arity(2)
            .fast()
            .flags(CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .args(ArgSpec.of("index", ArgSpec.Type.INTEGER))
            .summary("Change the selected database for the current connection")
            .since("1.0.0")
            .group("connection")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Select() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Worker worker = Worker.of(context);
        worker.session().select(worker.databaseAt(args, 1));
        reply.ok();
    }
}

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
        long index = args.integer(1);
        if (index != (int) index) {
            throw new CommandException(
                    "ERR value is out of range, value must between " + Integer.MIN_VALUE + " and " + Integer.MAX_VALUE);
        }
        if (index != (int) index) {
            throw new CommandException("ERR value is out of range, value must between -2147483648 and 2147483647");
        }
        if (index < 0 || index >= worker.engine.databases().count()) {
            throw new CommandException("ERR DB index is out of range");
        }
        worker.session().select((int) index);
        reply.ok();
    }
}

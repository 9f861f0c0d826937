package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/** {@code SORT_RO}: {@link Sort} without STORE. Source: Redis 7.0. */
public final class SortRo implements CommandHandler {
    private static final CommandSpec SPEC = Sort.readOnly();

    /** For the service loader. */
    public SortRo() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        new Sorting(Worker.of(context), args, Sorting.Result.IS_THE_REPLY).run(reply);
    }
}

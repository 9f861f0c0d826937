package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/** In the place of a handler whose plugin was unloaded, for whoever still has the command: answers as if there were none. */
final class Withdrawn implements CommandHandler {
    private final CommandSpec spec;

    Withdrawn(CommandSpec spec) {
        this.spec = spec;
    }

    @Override
    public CommandSpec spec() {
        return spec;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        throw Worker.of(context).unknownCommand();
    }
}

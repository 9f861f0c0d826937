package io.miniredis.testkit;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import io.miniredis.engine.Engine;
import java.util.List;
import java.util.stream.Collectors;

/** Runs a command as it is, and notes what it does on the way. */
final class ObservedHandler implements CommandHandler {
    private final CommandHandler handler;
    private final Observation observation;
    private final List<CommandHandler> subcommands;

    /** The engine's own commands look behind what plugins see, so that they cannot be shown something else. */
    private final boolean isOfEngine;

    ObservedHandler(CommandHandler handler, Observation observation) {
        this.handler = handler;
        this.observation = observation;
        isOfEngine = handler.getClass().getPackageName().equals(Engine.class.getPackageName());
        subcommands = handler.subcommands().stream()
                .map(subcommand -> new ObservedHandler(subcommand, observation))
                .collect(Collectors.toList());
    }

    @Override
    public CommandSpec spec() {
        return handler.spec();
    }

    @Override
    public List<CommandHandler> subcommands() {
        return subcommands;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        try {
            handler.execute(observed(context), args, reply);
        } catch (Throwable e) {
            observation.note(e);
            throw e;
        }
    }

    @Override
    public void timedOut(CommandContext context, Args args, Reply reply) {
        try {
            handler.timedOut(observed(context), args, reply);
        } catch (Throwable e) {
            observation.note(e);
            throw e;
        }
    }

    private CommandContext observed(CommandContext context) {
        return isOfEngine ? context : new ObservedContext(context, observation);
    }
}

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

    /**
     * A command to be observed as far as it can be. The engine's own look behind what plugins see, and are run as they are.
     */
    static CommandHandler of(CommandHandler handler, Observation observation) {
        boolean isOfEngine = handler.getClass().getPackageName().equals(Engine.class.getPackageName());
        return isOfEngine ? handler : new ObservedHandler(handler, observation);
    }

    private ObservedHandler(CommandHandler handler, Observation observation) {
        this.handler = handler;
        this.observation = observation;
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
            handler.execute(new ObservedContext(context, observation), args, reply);
        } catch (Throwable e) {
            observation.note(e);
            throw e;
        }
    }

    @Override
    public void timedOut(CommandContext context, Args args, Reply reply) {
        try {
            handler.timedOut(new ObservedContext(context, observation), args, reply);
        } catch (Throwable e) {
            observation.note(e);
            throw e;
        }
    }
}

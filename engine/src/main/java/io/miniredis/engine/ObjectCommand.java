package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Reply;
import java.util.List;

/**
 * {@code OBJECT}: looks at how a value is kept. Only its subcommands do anything. Source: Redis 7.0.
 */
public final class ObjectCommand implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("object")
            .arity(-2)
            .summary("A container for object introspection commands")
            .since("2.2.3")
            .group("generic")
            .complexity("Depends on subcommand.")
            .build();

    /** For the service loader. */
    public ObjectCommand() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public List<CommandHandler> subcommands() {
        return List.of(
                new ObjectEncoding(), new ObjectRefcount(), new ObjectIdletime(), new ObjectFreq(), new ObjectHelp());
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        throw Errors.wrongArity("object");
    }
}

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
 * {@code CLIENT}: looks at connections and rules them. Only its subcommands do anything. Source: Redis 7.0.
 */
public final class Client implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("client")
            .arity(-2)
            .summary("A container for client connection commands")
            .since("2.4.0")
            .group("connection")
            .complexity("Depends on subcommand.")
            .build();

    /** For the service loader. */
    public Client() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public List<CommandHandler> subcommands() {
        return List.of(
                new ClientSetinfo(),
                new ClientSetname(),
                new ClientGetname(),
                new ClientId(),
                new ClientInfo(),
                new ClientList(),
                new ClientReply(),
                new ClientTracking(),
                new ClientTrackinginfo(),
                new ClientCaching(),
                new ClientGetredir(),
                new ClientUnblock(),
                new ClientKill(),
                new ClientPause(),
                new ClientUnpause(),
                new ClientNoEvict(),
                new ClientNoTouch(),
                new ClientHelp());
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        throw Errors.wrongArity("client");
    }
}

package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Reply;
import io.miniredis.engine.PubSub.Kind;
import java.util.List;

/**
 * {@code PUBSUB}: looks at subscriptions. Only its subcommands do anything. Source: Redis 7.0.
 */
public final class PubsubCommand implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("pubsub")
            .arity(-2)
            .summary("A container for Pub/Sub commands")
            .since("2.8.0")
            .group("pubsub")
            .complexity("Depends on subcommand.")
            .build();

    /** For the service loader. */
    public PubsubCommand() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public List<CommandHandler> subcommands() {
        return List.of(
                PubsubChannels.of(Kind.CHANNEL),
                new PubsubNumpat(),
                PubsubNumsub.of(Kind.CHANNEL),
                PubsubChannels.of(Kind.SHARD),
                PubsubNumsub.of(Kind.SHARD),
                new PubsubHelp());
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        throw Errors.wrongArity("pubsub");
    }
}

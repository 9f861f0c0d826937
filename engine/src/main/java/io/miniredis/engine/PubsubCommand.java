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

    private static final Help HELP = new Help(
            Help.spec("pubsub").since("6.2.0").group("pubsub").build(),
            "CHANNELS [<pattern>]",
            "    Return the currently active channels matching a <pattern> (default: '*').",
            "NUMPAT",
            "    Return number of subscriptions to patterns.",
            "NUMSUB [<channel> ...]",
            "    Return the number of subscribers for the specified channels, excluding",
            "    pattern subscriptions(default: no channels).",
            "SHARDCHANNELS [<pattern>]",
            "    Return the currently active shard level channels matching a <pattern> (default: '*').",
            "SHARDNUMSUB [<shardchannel> ...]",
            "    Return the number of subscribers for the specified shard level channel(s)");

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
                HELP);
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        throw Errors.wrongArity("pubsub");
    }
}

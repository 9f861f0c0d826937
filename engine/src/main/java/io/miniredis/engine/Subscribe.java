package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.ChannelSpec;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import io.miniredis.engine.PubSub.Kind;

/**
 * {@code SUBSCRIBE channel [channel ...]}: has messages to these channels sent to the client from here on. Instead of a reply,
 * a message for each channel, with the number of the client's channels and patterns. Cost: O(channels). Source: Redis 7.0.
 */
public final class Subscribe implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("subscribe")
            .arity(-2)
            .flags(CommandFlag.PUBSUB, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .channels(ChannelSpec.range(1, -1, 1))
            .args(ArgSpec.of("channel", ArgSpec.Type.STRING).multiple())
            .summary("Listen for messages published to the given channels")
            .since("2.0.0")
            .group("pubsub")
            .complexity("O(N) where N is the number of channels to subscribe to.")
            .build();

    /** For the service loader. */
    public Subscribe() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        Subscribing.begin(Kind.CHANNEL, context, args);
    }
}

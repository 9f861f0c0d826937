package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import io.miniredis.engine.PubSub.Kind;

/**
 * {@code UNSUBSCRIBE [channel ...]}: ends subscriptions to these channels, or to all. Instead of a reply, a message for each,
 * one at least. Cost: O(subscribers) for each channel. Source: Redis 7.0.
 */
public final class Unsubscribe implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("unsubscribe")
            .arity(-1)
            .flags(CommandFlag.PUBSUB, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .args(ArgSpec.of("channel", ArgSpec.Type.STRING).optional().multiple())
            .summary("Stop listening for messages posted to the given channels")
            .since("2.0.0")
            .group("pubsub")
            .complexity("O(N) where N is the number of clients already subscribed to a channel.")
            .build();

    /** For the service loader. */
    public Unsubscribe() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        Subscribing.end(Kind.CHANNEL, context, args);
    }
}

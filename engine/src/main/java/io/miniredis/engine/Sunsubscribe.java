package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;
import io.miniredis.engine.PubSub.Kind;

/**
 * {@code SUNSUBSCRIBE [shardchannel ...]}: ends subscriptions to these shard channels, or to all. Instead of a reply, a message
 * for each, one at least. Cost: O(subscribers) for each channel. Source: Redis 7.0.
 */
public final class Sunsubscribe implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("sunsubscribe")
            .arity(-1)
            .flags(CommandFlag.PUBSUB, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .keys(KeySpec.range(1, -1, 1, KeySpec.Access.NOT_KEY))
            .args(ArgSpec.of("shardchannel", ArgSpec.Type.STRING).optional().multiple())
            .summary("Stop listening for messages posted to the given shard channels")
            .since("7.0.0")
            .group("pubsub")
            .complexity("O(N) where N is the number of clients already subscribed to a shard channel.")
            .build();

    /** For the service loader. */
    public Sunsubscribe() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        Subscribing.end(Kind.SHARD, context, args);
    }
}

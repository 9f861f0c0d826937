package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.ChannelSpec;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;
import io.miniredis.engine.PubSub.Kind;

/**
 * {@code SPUBLISH shardchannel message}: sends a message to all who have subscribed to the shard channel. Reply: integer, how
 * many got it. Cost: O(subscribers). Source: Redis 7.0.
 */
public final class Spublish implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("spublish")
            .arity(3)
            .fast()
            .flags(CommandFlag.PUBSUB, CommandFlag.LOADING, CommandFlag.STALE, CommandFlag.MAY_REPLICATE)
            .keys(KeySpec.at(1, KeySpec.Access.NOT_KEY))
            .channels(ChannelSpec.at(1))
            .args(ArgSpec.of("shardchannel", ArgSpec.Type.STRING), ArgSpec.of("message", ArgSpec.Type.STRING))
            .summary("Post a message to a shard channel")
            .since("7.0.0")
            .group("pubsub")
            .complexity("O(N) where N is the number of clients subscribed to the receiving shard channel.")
            .build();

    /** For the service loader. */
    public Spublish() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        Worker worker = Worker.of(context);
        reply.integer(worker.engine.pubSub().publish(worker.messages, Kind.SHARD, args.slice(1), args.slice(2)));
    }
}

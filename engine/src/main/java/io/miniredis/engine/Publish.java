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
 * {@code PUBLISH channel message}: sends a message to all who have subscribed to the channel, or to a pattern that it matches.
 * Reply: integer, how many got it, a client being counted for each subscription. Cost: O(subscribers + patterns). Source: Redis
 * 7.0.
 */
public final class Publish implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("publish")
            .arity(3)
            .fast()
            .flags(CommandFlag.PUBSUB, CommandFlag.LOADING, CommandFlag.STALE, CommandFlag.MAY_REPLICATE)
            .channels(ChannelSpec.at(1))
            .args(ArgSpec.of("channel", ArgSpec.Type.STRING), ArgSpec.of("message", ArgSpec.Type.STRING))
            .summary("Post a message to a channel")
            .since("2.0.0")
            .group("pubsub")
            .complexity(
                    "O(N+M) where N is the number of clients subscribed to the receiving channel and M is the total number of subscribed patterns (by any client).")
            .build();

    /** For the service loader. */
    public Publish() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        Worker worker = Worker.of(context);
        reply.integer(worker.engine.pubSub().publish(worker.messages, Kind.CHANNEL, args.slice(1), args.slice(2)));
    }
}

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
 * {@code PSUBSCRIBE pattern [pattern ...]}: has messages sent to the client from here on that are published to channels whose
 * names match. Instead of a reply, a message for each pattern, with the number of the client's channels and patterns. Cost:
 * O(patterns). Source: Redis 7.0.
 */
public final class Psubscribe implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("psubscribe")
            .arity(-2)
            .flags(CommandFlag.PUBSUB, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .channels(ChannelSpec.range(1, -1, 1).asPatterns())
            .args(ArgSpec.block("pattern", ArgSpec.of("pattern", ArgSpec.Type.PATTERN))
                    .multiple())
            .summary("Listen for messages published to channels matching the given patterns")
            .since("2.0.0")
            .group("pubsub")
            .complexity("O(N) where N is the number of patterns the client is already subscribed to.")
            .build();

    /** For the service loader. */
    public Psubscribe() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        Subscribing.begin(Kind.PATTERN, context, args);
    }
}

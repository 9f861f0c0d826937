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
 * {@code PUNSUBSCRIBE [pattern ...]}: ends subscriptions to these patterns, or to all. Instead of a reply, a message for each,
 * one at least. Cost: O(subscribers) for each pattern. Source: Redis 7.0.
 */
public final class Punsubscribe implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("punsubscribe")
            .arity(-1)
            .flags(CommandFlag.PUBSUB, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .args(ArgSpec.of("pattern", ArgSpec.Type.PATTERN).optional().multiple())
            .summary("Stop listening for messages posted to channels matching the given patterns")
            .since("2.0.0")
            .group("pubsub")
            .complexity(
                    "O(N+M) where N is the number of patterns the client is already subscribed and M is the number of total patterns subscribed in the system (by any client).")
            .build();

    /** For the service loader. */
    public Punsubscribe() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        Subscribing.end(Kind.PATTERN, context, args);
    }
}

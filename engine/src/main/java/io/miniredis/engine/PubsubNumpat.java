package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import io.miniredis.engine.PubSub.Kind;

/**
 * {@code PUBSUB NUMPAT}: how many patterns have subscribers. Reply: integer. Cost: O(1). Source: Redis 7.0.
 */
final class PubsubNumpat implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("pubsub|numpat")
            .arity(2)
            .flags(CommandFlag.PUBSUB, CommandFlag.LOADING, CommandFlag.STALE)
            .summary("Get the count of unique patterns pattern subscriptions")
            .since("2.8.0")
            .group("pubsub")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        reply.integer(Worker.of(context).engine.pubSub().topics(Kind.PATTERN).size());
    }
}

package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import io.miniredis.engine.PubSub.Kind;
import io.miniredis.engine.Topics.Audience;

/**
 * {@code PUBSUB NUMSUB [channel ...]} and {@code PUBSUB SHARDNUMSUB [shardchannel ...]}: how many clients have subscribed to these
 * channels, by name. Reply: array of names and integers in turn. Cost: O(channels asked for). Source: Redis 7.0.
 */
final class PubsubNumsub implements CommandHandler {
    private static final CommandSpec NUMSUB = spec("pubsub|numsub", "channel")
            .summary("Get the count of subscribers for channels")
            .since("2.8.0")
            .complexity("O(N) for the NUMSUB subcommand, where N is the number of requested channels")
            .build();
    private static final CommandSpec SHARD_NUMSUB = spec("pubsub|shardnumsub", "shardchannel")
            .summary("Get the count of subscribers for shard channels")
            .since("7.0.0")
            .complexity("O(N) for the SHARDNUMSUB subcommand, where N is the number of requested shard channels")
            .build();

    private final Kind kind;
    private final CommandSpec spec;

    private PubsubNumsub(Kind kind, CommandSpec spec) {
        this.kind = kind;
        this.spec = spec;
    }

    /** @param kind CHANNEL or SHARD */
    static PubsubNumsub of(Kind kind) {
        return new PubsubNumsub(kind, kind == Kind.SHARD ? SHARD_NUMSUB : NUMSUB);
    }

    private static CommandSpec.Builder spec(String name, String argument) {
        return CommandSpec.named(name)
                .arity(-2)
                .flags(CommandFlag.PUBSUB, CommandFlag.LOADING, CommandFlag.STALE)
                .args(ArgSpec.of(argument, ArgSpec.Type.STRING).optional().multiple())
                .group("pubsub");
    }

    @Override
    public CommandSpec spec() {
        return spec;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        PubSub pubSub = Worker.of(context).engine.pubSub();
        reply.array(2 * (args.size() - 2));
        for (int i = 2; i < args.size(); i++) {
            Audience audience = pubSub.topics(kind).of(pubSub.topic(args.slice(i)));
            reply.bulk(args.slice(i));
            reply.integer(audience == null ? 0 : audience.subscriptions.length);
        }
    }
}

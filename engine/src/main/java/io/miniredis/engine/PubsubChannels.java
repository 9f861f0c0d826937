package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;
import io.miniredis.engine.PubSub.Kind;
import java.util.List;

/**
 * {@code PUBSUB CHANNELS [pattern]} and {@code PUBSUB SHARDCHANNELS [pattern]}: the channels that have subscribers, all or those that
 * match. Reply: array of names, in no order. Cost: O(channels). Source: Redis 7.0.
 */
final class PubsubChannels implements CommandHandler {
    private static final CommandSpec CHANNELS = spec("pubsub|channels")
            .summary("List active channels")
            .since("2.8.0")
            .complexity("O(N) where N is the number of active channels, and assuming constant time pattern matching"
                    + " (relatively short channels and patterns)")
            .build();
    private static final CommandSpec SHARD_CHANNELS = spec("pubsub|shardchannels")
            .summary("List active shard channels")
            .since("7.0.0")
            .complexity("O(N) where N is the number of active shard channels, and assuming constant time pattern"
                    + " matching (relatively short shard channels).")
            .build();

    private final Kind kind;
    private final CommandSpec spec;

    private PubsubChannels(Kind kind, CommandSpec spec) {
        this.kind = kind;
        this.spec = spec;
    }

    /** @param kind CHANNEL or SHARD */
    static PubsubChannels of(Kind kind) {
        return new PubsubChannels(kind, kind == Kind.SHARD ? SHARD_CHANNELS : CHANNELS);
    }

    private static CommandSpec.Builder spec(String name) {
        return CommandSpec.named(name)
                .arity(-2)
                .flags(CommandFlag.PUBSUB, CommandFlag.LOADING, CommandFlag.STALE)
                .args(ArgSpec.of("pattern", ArgSpec.Type.PATTERN).optional())
                .group("pubsub");
    }

    @Override
    public CommandSpec spec() {
        return spec;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        if (args.size() > 3) {
            throw new CommandException("ERR unknown subcommand or wrong number of arguments for '"
                    + args.slice(1).quotable() + "'. Try PUBSUB HELP.");
        }
        Glob pattern = args.size() == 3 ? new Glob(args.slice(2)) : null;
        List<byte[]> names = Worker.of(context).engine.pubSub().topics(kind).all().stream()
                .map(audience -> audience.topic.name)
                .filter(name -> pattern == null || pattern.matches(new Slice(name)))
                .toList();
        reply.array(names.size());
        names.forEach(reply::bulk);
    }
}

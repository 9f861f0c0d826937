package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.ChannelSpec;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;
import io.miniredis.engine.PubSub.Kind;

/**
 * {@code SSUBSCRIBE shardchannel [shardchannel ...]}: has messages to these shard channels sent to the client from here on.
 * Instead of a reply, a message for each, with the number of the client's shard channels. Cost: O(channels). Errors: within a transaction. Source: Redis 7.0.
 */
public final class Ssubscribe implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("ssubscribe")
            .arity(-2)
            .flags(CommandFlag.PUBSUB, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .keys(KeySpec.range(1, -1, 1, KeySpec.Access.NOT_KEY))
            .channels(ChannelSpec.range(1, -1, 1))
            .args(ArgSpec.of("shardchannel", ArgSpec.Type.STRING).multiple())
            .summary("Listen for messages published to the given shard channels")
            .since("7.0.0")
            .group("pubsub")
            .complexity("O(N) where N is the number of shard channels to subscribe to.")
            .build();

    /** For the service loader. */
    public Ssubscribe() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        if (Worker.of(context).transactions.isRunning()) {
            throw new CommandException("ERR SSUBSCRIBE isn't allowed for a DENY BLOCKING client");
        }
        Subscribing.begin(Kind.SHARD, context, args);
    }
}

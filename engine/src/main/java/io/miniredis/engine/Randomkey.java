package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;

/**
 * {@code RANDOMKEY}: some key of the database, each as likely as any other. Reply: bulk string, or null if there is none. Cost:
 * O(1) per shard. Source: Redis 7.0.
 */
public final class Randomkey implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("randomkey")
            .arity(1)
            .readOnly()
            .categories(CommandCategory.KEYSPACE)
            .tips("request_policy:all_shards", "nondeterministic_output")
            .summary("Return a random key from the keyspace")
            .since("1.0.0")
            .group("generic")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Randomkey() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        Worker worker = Worker.of(context);
        worker.locks.acquireAll();
        Slice key = worker.randomKey();
        if (key == null) {
            reply.nil();
        } else {
            reply.bulk(key);
        }
    }
}

package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code DBSIZE}: how many keys the database has. Reply: integer. Cost: O(1). Source: Redis 7.0.
 */
public final class Dbsize implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("dbsize")
            .arity(1)
            .readOnly()
            .fast()
            .categories(CommandCategory.KEYSPACE)
            .tips("request_policy:all_shards", "response_policy:agg_sum")
            .summary("Return the number of keys in the selected database")
            .since("1.0.0")
            .group("server")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Dbsize() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        Worker worker = Worker.of(context);
        reply.integer(worker.engine.databases().size(context.database()));
    }
}

package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code FLUSHALL [ASYNC | SYNC]}: removes all keys of all databases. Either way the memory is given back by the
 * garbage collector. Reply: OK. Cost: O(1). Source: Redis 7.0.
 */
public final class Flushall implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("flushall")
            .arity(-1)
            .write()
            .categories(CommandCategory.KEYSPACE, CommandCategory.DANGEROUS)
            .args(ArgSpec.oneOf(
                            "async",
                            ArgSpec.token("async", "ASYNC").since("4.0.0"),
                            ArgSpec.token("sync", "SYNC").since("6.2.0"))
                    .optional())
            .tips("request_policy:all_shards", "response_policy:all_succeeded")
            .summary("Remove all keys from all databases")
            .since("1.0.0")
            .group("server")
            .complexity("O(N) where N is the total number of keys in all databases")
            .history("4.0.0", "Added the `ASYNC` flushing mode modifier.")
            .history("6.2.0", "Added the `SYNC` flushing mode modifier.")
            .build();

    /** For the service loader. */
    public Flushall() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Removal.checkFlushOptions(args);
        Worker worker = Worker.of(context);
        worker.flush(0, worker.engine.databases().count());
        reply.ok();
    }
}

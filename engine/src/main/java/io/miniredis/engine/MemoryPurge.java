package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code MEMORY PURGE}: asks the Java virtual machine to collect garbage now, which is what it has in place of an
 * allocator that holds back freed pages. It stops all threads, however it is asked for. Reply: OK, when
 * it is done. Source: Redis 7.0.
 */
final class MemoryPurge implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("memory|purge")
            .arity(2)
            .tips("request_policy:all_shards", "response_policy:all_succeeded")
            .summary("Ask the allocator to release memory")
            .since("4.0.0")
            .group("server")
            .complexity("Depends on how much memory is allocated, could be slow")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        System.gc();
        reply.ok();
    }
}

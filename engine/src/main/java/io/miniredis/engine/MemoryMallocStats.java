package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;

/**
 * {@code MEMORY MALLOC-STATS}: what the Java virtual machine says of its memory pools. Reply: verbatim string, a line
 * for each. Source: Redis 7.0, which prints what its allocator says.
 */
final class MemoryMallocStats implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("memory|malloc-stats")
            .arity(2)
            .tips("nondeterministic_output", "request_policy:all_shards", "response_policy:special")
            .summary("Show allocator internal stats")
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
        StringBuilder text = new StringBuilder();
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            java.lang.management.MemoryUsage usage = pool.getUsage();
            text.append(pool.getName()).append(": used=").append(usage.getUsed());
            text.append(" committed=").append(usage.getCommitted());
            text.append(" max=").append(usage.getMax());
            text.append(" peak=").append(pool.getPeakUsage().getUsed()).append('\n');
        }
        reply.verbatim("txt", text.toString());
    }
}

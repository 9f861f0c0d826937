package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * {@code MEMORY STATS}: what takes how much memory. Reply: map from name to a number of bytes, a share or a ratio; what
 * Redis says of its allocator is said of the heap. Cost: O(tables + clients). Source: Redis 7.0.
 */
final class MemoryStats implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("memory|stats")
            .arity(2)
            .tips("nondeterministic_output", "request_policy:all_shards", "response_policy:special")
            .summary("Show memory usage details")
            .since("4.0.0")
            .group("server")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        Worker worker = Worker.of(context);
        MemoryFigures memory = MemoryFigures.of(worker);
        Map<String, Number> all = new LinkedHashMap<>();
        all.put("peak.allocated", memory.peak());
        all.put("total.allocated", memory.used());
        all.put("startup.allocated", memory.startup());
        all.put("replication.backlog", 0L);
        all.put("clients.slaves", 0L);
        all.put("clients.normal", memory.clients());
        all.put("cluster.links", 0L);
        all.put("aof.buffer", 0L);
        all.put("lua.caches", 0L);
        long keys = keys(worker.engine.databases());
        all.put("overhead.total", memory.overhead());
        all.put("keys.count", keys);
        all.put("keys.bytes-per-key", keys == 0 ? 0 : (memory.used() - memory.startup()) / keys);
        all.put("dataset.bytes", memory.dataset());
        all.put("dataset.percentage", memory.datasetPercent());
        all.put("peak.percentage", memory.peakPercent());
        all.put("allocator.allocated", memory.heapUsed());
        all.put("allocator.active", memory.heapCommitted());
        all.put("allocator-fragmentation.ratio", memory.heapFragmentation());
        all.put("allocator-fragmentation.bytes", memory.heapCommitted() - memory.heapUsed());
        if (memory.resident().isPresent()) {
            all.put("fragmentation", memory.fragmentation());
            all.put("fragmentation.bytes", memory.fragmentationBytes());
        }
        show(all, reply);
    }

    private static long keys(Databases databases) {
        return IntStream.range(0, databases.count()).mapToLong(databases::size).sum();
    }

    private static void show(Map<String, Number> all, Reply reply) {
        reply.map(all.size());
        all.forEach((name, number) -> {
            reply.bulk(name);
            if (number instanceof Double real) {
                reply.real(real);
            } else {
                reply.integer(number.longValue());
            }
        });
    }
}

package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code MEMORY DOCTOR}: says in words what is wrong with the memory. Reply: verbatim string. Source: Redis 7.0, in
 * other words.
 */
final class MemoryDoctor implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("memory|doctor")
            .arity(2)
            .tips("nondeterministic_output", "request_policy:all_shards", "response_policy:special")
            .summary("Outputs memory problems report")
            .since("4.0.0")
            .group("server")
            .complexity("O(1)")
            .build();

    /** Of less there is nothing to be said. */
    private static final long LITTLE_BYTES = 5 << 20;

    private static final long CLIENT_BYTES = 200 << 10;

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        Worker worker = Worker.of(context);
        reply.verbatim("txt", diagnosis(worker.engine, MemoryFigures.of(worker)));
    }

    private static String diagnosis(Engine engine, MemoryFigures memory) {
        StringBuilder text = new StringBuilder();
        long heap = engine.evictions().heap().dataBytes();
        long limit = engine.settings().maxMemoryBytes();
        if (limit > heap) {
            text.append("maxmemory is more than the heap has for the data, ").append(MemorySize.human(heap));
            text.append(": give Java a larger heap, or maxmemory less.\n");
        }
        if (memory.used() > heap / 10 * 9) {
            text.append("The data fills nine tenths of what the heap has for it, ")
                    .append(MemorySize.human(heap))
                    .append(".\n");
        }
        if (memory.used() > LITTLE_BYTES && memory.peak() > memory.used() * 3 / 2) {
            text.append("The data was once ").append(MemorySize.human(memory.peak()));
            text.append(", much more than now; Java keeps the memory that it had then.\n");
        }
        int clients = engine.clients().size();
        if (clients > 0 && memory.clients() / clients > CLIENT_BYTES) {
            text.append("The buffers of clients take ").append(MemorySize.human(memory.clients() / clients));
            text.append(" each: some do not read their replies, or send long requests. CLIENT LIST shows them.\n");
        }
        return text.length() == 0 ? "There is nothing wrong with the memory.\n" : text.toString();
    }
}

package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Reply;
import java.util.List;

/**
 * {@code MEMORY}: looks at how much memory is in use. Only its subcommands do anything. Source: Redis 7.0.
 */
public final class Memory implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("memory")
            .arity(-2)
            .summary("A container for memory diagnostics commands")
            .since("4.0.0")
            .group("server")
            .complexity("Depends on subcommand.")
            .build();

    private static final Help HELP = new Help(
            Help.spec("memory").since("4.0.0").group("server").build(),
            "DOCTOR",
            "    Return memory problems reports.",
            "MALLOC-STATS",
            "    Return internal statistics report from the memory allocator.",
            "PURGE",
            "    Attempt to purge dirty pages for reclamation by the allocator.",
            "STATS",
            "    Return information about the memory usage of the server.",
            "USAGE <key> [SAMPLES <count>]",
            "    Return memory in bytes used by <key> and its value. Nested values are",
            "    sampled up to <count> times (default: 5, 0 means sample all).");

    /** For the service loader. */
    public Memory() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public List<CommandHandler> subcommands() {
        return List.of(
                new MemoryDoctor(),
                HELP,
                new MemoryMallocStats(),
                new MemoryPurge(),
                new MemoryStats(),
                new MemoryUsage());
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        throw Errors.wrongArity("memory");
    }
}

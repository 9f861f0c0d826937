package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.List;

/**
 * {@code MEMORY HELP}: what subcommands there are. Reply: array of simple strings. Source: Redis 7.0.
 */
final class MemoryHelp implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("memory|help")
            .arity(2)
            .flags(CommandFlag.LOADING, CommandFlag.STALE)
            .summary("Show helpful text about the different subcommands")
            .since("4.0.0")
            .group("server")
            .complexity("O(1)")
            .build();

    private static final List<String> LINES = HelpText.of(
            "MEMORY",
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

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        HelpText.reply(LINES, reply);
    }
}

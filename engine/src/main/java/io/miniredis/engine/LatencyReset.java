package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code LATENCY RESET [event ...]}: forgets the samples of some kinds of events, or of all. Reply: integer, how many
 * kinds had any. Source: Redis 7.0.
 */
final class LatencyReset implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("latency|reset")
            .arity(-2)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .args(ArgSpec.of("event", ArgSpec.Type.STRING).optional().multiple())
            .tips("request_policy:all_nodes", "response_policy:all_succeeded")
            .summary("Reset latency data for one or more events.")
            .since("2.8.13")
            .group("server")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        LatencyMonitor monitor = Worker.of(context).engine.latencyMonitor();
        int count = args.size() == 2 ? monitor.resetAll() : 0;
        for (int i = 2; i < args.size(); i++) {
            count += monitor.reset(args.utf8(i)) ? 1 : 0;
        }
        reply.integer(count);
    }
}

package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.List;

/**
 * {@code LATENCY HISTORY event}: the samples of a kind of event, oldest first. Reply: array of pairs of integers: when
 * in seconds since the Unix epoch, and how long in milliseconds. Source: Redis 7.0.
 */
final class LatencyHistory implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("latency|history")
            .arity(3)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .args(ArgSpec.of("event", ArgSpec.Type.STRING))
            .tips("nondeterministic_output", "request_policy:all_nodes", "response_policy:special")
            .summary("Return timestamp-latency samples for the event.")
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
        LatencyMonitor.Event event = Worker.of(context).engine.latencyMonitor().event(args.utf8(2));
        List<LatencyMonitor.Sample> samples = event == null ? List.of() : event.samples();
        reply.array(samples.size());
        for (LatencyMonitor.Sample sample : samples) {
            reply.array(2);
            reply.integer(sample.seconds());
            reply.integer(sample.millis());
        }
    }
}

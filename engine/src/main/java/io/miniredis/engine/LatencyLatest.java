package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.List;

/**
 * {@code LATENCY LATEST}: the last sample of each kind of event. Reply: array of arrays: the event, when in seconds
 * since the Unix epoch, how long in milliseconds, the longest ever in milliseconds. Source: Redis 7.0.
 */
final class LatencyLatest implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("latency|latest")
            .arity(2)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .tips("nondeterministic_output", "request_policy:all_nodes", "response_policy:special")
            .summary("Return the latest latency samples for all events.")
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
        List<LatencyMonitor.Event> events =
                Worker.of(context).engine.latencyMonitor().events();
        reply.array(events.size());
        for (LatencyMonitor.Event event : events) {
            reply.array(4);
            reply.bulk(event.name());
            reply.integer(event.latest().seconds());
            reply.integer(event.latest().millis());
            reply.integer(event.maxMillis());
        }
    }
}

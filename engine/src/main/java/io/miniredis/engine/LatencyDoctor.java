package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.List;

/**
 * {@code LATENCY DOCTOR}: says in words what took long and what can be done about it. Reply: verbatim string. Source:
 * Redis 7.0, in other words.
 */
final class LatencyDoctor implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("latency|doctor")
            .arity(2)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .tips("nondeterministic_output", "request_policy:all_nodes", "response_policy:special")
            .summary("Return a human readable latency analysis report.")
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
        Engine engine = Worker.of(context).engine;
        reply.verbatim("txt", diagnosis(engine));
    }

    private static String diagnosis(Engine engine) {
        LatencyMonitor monitor = engine.latencyMonitor();
        long threshold = engine.settings().number("latency-monitor-threshold");
        if (threshold == 0) {
            return "Nothing is watched: latency-monitor-threshold is 0. CONFIG SET latency-monitor-threshold <milliseconds> begins to"
                    + " note what takes longer.\n";
        }
        List<LatencyMonitor.Event> events = monitor.events();
        if (events.isEmpty()) {
            return "Nothing has taken " + threshold + " ms or more.\n";
        }
        StringBuilder text = new StringBuilder();
        for (LatencyMonitor.Event event : events) {
            double mean = event.samples().stream()
                    .mapToLong(LatencyMonitor.Sample::millis)
                    .average()
                    .orElse(0);
            text.append(event.name())
                    .append(": ")
                    .append(event.samples().size())
                    .append(" seconds in which something took long, ");
            text.append(Math.round(mean))
                    .append(" ms on average, ")
                    .append(event.maxMillis())
                    .append(" ms at worst.\n");
        }
        advise(engine, threshold, events, text);
        return text.toString();
    }

    private static void advise(Engine engine, long threshold, List<LatencyMonitor.Event> events, StringBuilder text) {
        long logged = engine.settings().number("slowlog-log-slower-than");
        if (logged < 0 || logged > threshold * 1000) {
            text.append("The slow log misses some of this: CONFIG SET slowlog-log-slower-than ")
                    .append(threshold * 1000);
            text.append(" has it show them.\n");
        }
        if (events.stream().anyMatch(event -> event.name().equals(LatencyMonitor.COMMAND))) {
            text.append("SLOWLOG GET shows which commands were slow; their cost grows with what they look at.\n");
        }
        if (events.stream().anyMatch(event -> event.name().equals(LatencyMonitor.FAST_COMMAND))) {
            text.append(
                    "A fast command is slow when its thread is held up: INFO jvm shows what garbage collection took.\n");
        }
    }
}

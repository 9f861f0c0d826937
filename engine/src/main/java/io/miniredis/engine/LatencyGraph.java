package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code LATENCY GRAPH event}: draws the samples of a kind of event, a column for each of the last 80, its age below it.
 * Reply: verbatim string. Errors: no samples. Source: Redis 7.0, which draws in another way.
 */
final class LatencyGraph implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("latency|graph")
            .arity(3)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .args(ArgSpec.of("event", ArgSpec.Type.STRING))
            .tips("nondeterministic_output", "request_policy:all_nodes", "response_policy:special")
            .summary("Return a latency graph for the event.")
            .since("2.8.13")
            .group("server")
            .complexity("O(1)")
            .build();

    private static final int COLUMNS = 80;
    private static final int ROWS = 4;

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        LatencyMonitor.Event event = Worker.of(context).engine.latencyMonitor().event(args.utf8(2));
        if (event == null) {
            throw new CommandException("ERR No samples available for event '" + args.slice(2) + "'");
        }
        reply.verbatim("txt", draw(event, TimeUnit.MILLISECONDS.toSeconds(context.nowMillis())));
    }

    static String draw(LatencyMonitor.Event event, long nowSeconds) {
        List<LatencyMonitor.Sample> all = event.samples();
        List<LatencyMonitor.Sample> samples = all.subList(Math.max(0, all.size() - COLUMNS), all.size());
        long high =
                samples.stream().mapToLong(LatencyMonitor.Sample::millis).max().orElse(0);
        long low =
                samples.stream().mapToLong(LatencyMonitor.Sample::millis).min().orElse(0);
        StringBuilder text = new StringBuilder();
        text.append(event.name())
                .append(" - high ")
                .append(high)
                .append(" ms, low ")
                .append(low);
        text.append(" ms (all time high ").append(event.maxMillis()).append(" ms)\n");
        text.append("-".repeat(COLUMNS)).append('\n');
        for (int row = ROWS; row > 0; row--) {
            for (LatencyMonitor.Sample sample : samples) {
                text.append(heightOf(sample.millis(), high) >= row ? '#' : ' ');
            }
            text.append('\n');
        }
        ages(samples, nowSeconds, text);
        return text.toString();
    }

    private static long heightOf(long millis, long high) {
        return high == 0 ? 1 : Math.max(1, (millis * ROWS + high - 1) / high);
    }

    /** The age of each sample, from top to bottom. */
    private static void ages(List<LatencyMonitor.Sample> samples, long nowSeconds, StringBuilder text) {
        List<String> ages = samples.stream()
                .map(sample -> age(nowSeconds - sample.seconds()))
                .toList();
        int longest = ages.stream().mapToInt(String::length).max().orElse(0);
        for (int i = 0; i < longest; i++) {
            for (String age : ages) {
                text.append(i < age.length() ? age.charAt(i) : ' ');
            }
            text.append('\n');
        }
    }

    private static String age(long seconds) {
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return seconds / 60 + "m";
        }
        return seconds < 86_400 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }
}

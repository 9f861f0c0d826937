package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code LATENCY HISTOGRAM [command ...]}: how long calls of commands took, of those named or of all that were called.
 * Of a container, its subcommands. Reply: map from name to a map of {@code calls} and {@code histogram_usec}, itself a
 * map from microseconds, about powers of two, to how many calls took no longer. Source: Redis 7.0.
 */
final class LatencyHistogramCommand implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("latency|histogram")
            .arity(-2)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .args(ArgSpec.of("command", ArgSpec.Type.STRING).optional().multiple())
            .tips("nondeterministic_output", "request_policy:all_nodes", "response_policy:special")
            .summary("Return the cumulative distribution of latencies of a subset of commands or all.")
            .since("7.0.0")
            .group("server")
            .complexity("O(N) where N is the number of commands with latency information being retrieved.")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        Engine engine = Worker.of(context).engine;
        List<Command> wanted = args.size() == 2 ? engine.commands().all() : named(engine.commands(), args);
        Map<String, LatencyHistogram> found = new LinkedHashMap<>();
        wanted.forEach(command -> add(engine, command, found));
        reply.map(found.size());
        found.forEach((name, histogram) -> {
            reply.bulk(name);
            show(histogram, reply);
        });
    }

    private static List<Command> named(CommandTable table, Args args) {
        List<Command> all = new ArrayList<>();
        for (int i = 2; i < args.size(); i++) {
            Command command = table.find(args.slice(i));
            if (command != null) {
                command.withSubcommands().forEach(all::add);
            }
        }
        return all;
    }

    private static void add(Engine engine, Command command, Map<String, LatencyHistogram> found) {
        LatencyHistogram histogram = engine.statsSinceReset(command).latencies();
        if (histogram.total() > 0) {
            found.put(command.spec.name(), histogram);
        }
    }

    private static void show(LatencyHistogram histogram, Reply reply) {
        Map<Long, Long> steps = new LinkedHashMap<>();
        histogram.distribution(steps::put);
        reply.map(2);
        reply.bulk("calls");
        reply.integer(histogram.total());
        reply.bulk("histogram_usec");
        reply.map(steps.size());
        steps.forEach((micros, count) -> {
            reply.integer(micros);
            reply.integer(count);
        });
    }
}

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
 * {@code LATENCY}: shows what took long, and how long commands take. Only its subcommands do anything. Source: Redis
 * 7.0.
 */
public final class Latency implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("latency")
            .arity(-2)
            .summary("A container for latency diagnostics commands")
            .since("2.8.13")
            .group("server")
            .complexity("Depends on subcommand.")
            .build();

    private static final Help HELP = new Help(
            Help.spec("latency")
                    .summary("Show helpful text about the different subcommands.")
                    .since("2.8.13")
                    .group("server")
                    .build(),
            "DOCTOR",
            "    Return a human readable latency analysis report.",
            "GRAPH <event>",
            "    Return an ASCII latency graph for the <event> class.",
            "HISTORY <event>",
            "    Return time-latency samples for the <event> class.",
            "LATEST",
            "    Return the latest latency samples for all events.",
            "RESET [<event> ...]",
            "    Reset latency data of one or more <event> classes.",
            "    (default: reset all data for all event classes)",
            "HISTOGRAM [COMMAND ...]",
            "    Return a cumulative distribution of latencies in the format of a histogram for the specified command names.",
            "    If no commands are specified then all histograms are replied.");

    /** For the service loader. */
    public Latency() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public List<CommandHandler> subcommands() {
        return List.of(
                new LatencyDoctor(),
                new LatencyGraph(),
                HELP,
                new LatencyHistogramCommand(),
                new LatencyHistory(),
                new LatencyLatest(),
                new LatencyReset());
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        throw Errors.wrongArity("latency");
    }
}

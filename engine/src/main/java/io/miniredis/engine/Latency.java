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
                new LatencyHelp(),
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

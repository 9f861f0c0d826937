package io.miniredis.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/**
 * Compares servers from outside: starts them one after the other on free ports of this machine, drives them, and writes tables
 * and plots into {@code docs/benchmarks.md}. Every figure of a table comes from one run, and is followed by its ratio to the first
 * server's.
 *
 * <pre>bench/compare throughput</pre>
 */
@Command(
        name = "bench/compare",
        description = "Compares servers, and writes what it finds into docs/benchmarks.md.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            Throughput.class,
            Threads.class,
            Latency.class,
            Connections.class,
            KeyCounts.class,
            ListLengths.class,
            ValueSizes.class,
            LargeReplies.class,
            PubSub.class,
            Memory.class,
            Refill.class,
            Accounting.class,
            Idle.class,
            Startup.class,
            WarmUp.class,
            Pauses.class,
            Pressure.class,
            Expiry.class,
            Hits.class,
            HelpCommand.class
        })
public final class Compare {
    private Compare() {}

    /**
     * Runs a comparison.
     *
     * @param args the comparison's name and options
     */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Compare())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    if (!(e instanceof BenchFailure)) {
                        throw e;
                    }
                    line.getErr().println("compare: " + e.getMessage());
                    return 1;
                });
    }
}

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
 * {@code SLOWLOG}: shows the commands that took long. Only its subcommands do anything. Source: Redis 7.0.
 */
public final class Slowlog implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("slowlog")
            .arity(-2)
            .summary("A container for slow log commands")
            .since("2.2.12")
            .group("server")
            .complexity("Depends on subcommand.")
            .build();

    private static final Help HELP = new Help(
            Help.spec("slowlog").since("6.2.0").group("server").build(),
            "GET [<count>]",
            "    Return top <count> entries from the slowlog (default: 10, -1 mean all).",
            "    Entries are made of:",
            "    id, timestamp, time in microseconds, arguments array, client IP and port,",
            "    client name",
            "LEN",
            "    Return the length of the slowlog.",
            "RESET",
            "    Reset the slowlog.");

    /** For the service loader. */
    public Slowlog() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public List<CommandHandler> subcommands() {
        return List.of(new SlowlogGet(), new SlowlogLen(), new SlowlogReset(), HELP);
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        throw Errors.wrongArity("slowlog");
    }
}

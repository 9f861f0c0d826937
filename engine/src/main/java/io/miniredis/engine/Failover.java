package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Reply;

/**
 * {@code FAILOVER [TO host port [FORCE]] [ABORT] [TIMEOUT milliseconds]}: hands over to a replica. There are none, so
 * always an error: syntax, not an integer, no failover in progress, or no replicas. Source: Redis 7.0.
 */
public final class Failover implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("failover")
            .arity(-1)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.STALE)
            .args(ArgSpec.block(
                            "target",
                            ArgSpec.of("host", ArgSpec.Type.STRING),
                            ArgSpec.of("port", ArgSpec.Type.INTEGER),
                            ArgSpec.token("force", "FORCE").optional())
                    .withToken("TO")
                    .optional())
            .args(ArgSpec.token("abort", "ABORT").optional())
            .args(ArgSpec.of("milliseconds", ArgSpec.Type.INTEGER)
                    .withToken("TIMEOUT")
                    .optional())
            .summary("Start a coordinated failover between this server and one of its replicas.")
            .since("6.2.0")
            .group("server")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Failover() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        boolean timeout = false;
        boolean target = false;
        boolean force = false;
        for (int i = 1; i < args.size(); i++) {
            int left = args.size() - 1 - i;
            if (args.is(i, "TIMEOUT") && left >= 1 && !timeout) {
                checkTimeout(args.integer(++i));
                timeout = true;
            } else if (args.is(i, "ABORT") && args.size() == 2) {
                throw new CommandException("ERR No failover in progress.");
            } else if (args.is(i, "TO") && left >= 2 && !target) {
                args.integer(i + 2);
                i += 2;
                target = true;
            } else if (args.is(i, "FORCE") && !force) {
                force = true;
            } else {
                throw Errors.syntax();
            }
        }
        throw new CommandException("ERR FAILOVER requires connected replicas.");
    }

    private static void checkTimeout(long millis) throws CommandException {
        if (millis <= 0) {
            throw new CommandException("ERR FAILOVER timeout must be greater than 0");
        }
    }
}

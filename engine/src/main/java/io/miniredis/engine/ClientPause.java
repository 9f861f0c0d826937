package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code CLIENT PAUSE timeout [WRITE | ALL]}: has all commands wait, or those that may write, for some milliseconds or until CLIENT
 * UNPAUSE. A pause that lasts already is extended. Reply: OK. Errors: bad time or mode. Source: Redis 7.0.
 */
final class ClientPause implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("client|pause")
            .arity(-3)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .args(
                    ArgSpec.of("timeout", ArgSpec.Type.INTEGER),
                    ArgSpec.oneOf("mode", ArgSpec.token("write", "WRITE"), ArgSpec.token("all", "ALL"))
                            .since("6.2.0")
                            .optional())
            .summary("Stop processing commands from clients for some time")
            .since("2.9.50")
            .group("connection")
            .complexity("O(1)")
            .history("6.2.0", "`CLIENT PAUSE WRITE` mode added along with the `mode` option.")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        if (args.size() > 4) {
            throw ClientUnblock.wrongUse(args);
        }
        boolean all = args.size() == 3 || isAll(args);
        Worker.of(context).engine.pause().begin(all, timeoutMillis(args));
        reply.ok();
    }

    private static boolean isAll(Args args) throws CommandException {
        if (args.is(3, "ALL") || args.is(3, "WRITE")) {
            return args.is(3, "ALL");
        }
        throw new CommandException("ERR CLIENT PAUSE mode must be WRITE or ALL");
    }

    private static long timeoutMillis(Args args) throws CommandException {
        long millis;
        try {
            millis = args.integer(2);
        } catch (CommandException e) {
            throw new CommandException("ERR timeout is not an integer or out of range");
        }
        if (millis < 0) {
            throw new CommandException("ERR timeout is negative");
        }
        return millis;
    }
}

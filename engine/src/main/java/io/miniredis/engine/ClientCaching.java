package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Reply;

/**
 * {@code CLIENT CACHING YES | NO}: has what the next command or transaction reads tracked, of a client that opts in, or not tracked, of one
 * that opts out. Reply: OK. Source: Redis 7.0.
 */
final class ClientCaching implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("client|caching")
            .arity(3)
            .flags(CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .args(ArgSpec.oneOf("mode", ArgSpec.token("yes", "YES"), ArgSpec.token("no", "NO")))
            .summary("Instruct the server about tracking or not keys in the next request")
            .since("6.0.0")
            .group("connection")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        TrackingClient tracking = Worker.of(context).session().tracking();
        if (tracking == null) {
            throw new CommandException("ERR CLIENT CACHING can be called only when the client is in tracking mode with"
                    + " OPTIN or OPTOUT mode enabled");
        }
        boolean yes = args.is(2, "YES");
        if (!yes && !args.is(2, "NO")) {
            throw Errors.syntax();
        }
        if (yes && !tracking.mode().optIn()) {
            throw new CommandException("ERR CLIENT CACHING YES is only valid when tracking is enabled in OPTIN mode.");
        }
        if (!yes && !tracking.mode().optOut()) {
            throw new CommandException("ERR CLIENT CACHING NO is only valid when tracking is enabled in OPTOUT mode.");
        }
        tracking.caching();
        reply.ok();
    }
}

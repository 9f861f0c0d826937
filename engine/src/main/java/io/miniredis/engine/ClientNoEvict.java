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
 * {@code CLIENT NO-EVICT ON | OFF}: protects the connection from being closed when clients take too much memory. No client is closed for that
 * here, so it is only noted, for CLIENT LIST. Reply: OK. Source: Redis 7.0.
 */
final class ClientNoEvict implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("client|no-evict")
            .arity(3)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .args(ArgSpec.oneOf("enabled", ArgSpec.token("on", "ON"), ArgSpec.token("off", "OFF")))
            .summary("Set client eviction mode for the current connection")
            .since("7.0.0")
            .group("connection")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Worker.of(context).session().protectFromEviction(ClientSession.isOn(args, 2));
        reply.ok();
    }
}

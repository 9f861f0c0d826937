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
 * {@code CLIENT NO-TOUCH ON | OFF}: while on, the connection's commands do not count as uses of keys, for eviction and OBJECT IDLETIME and FREQ;
 * TOUCH still does. Reply: OK. Source: Redis 7.2.
 */
final class ClientNoTouch implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("client|no-touch")
            .arity(3)
            .flags(CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .args(ArgSpec.oneOf("enabled", ArgSpec.token("on", "ON"), ArgSpec.token("off", "OFF")))
            .summary("Has the connection's commands leave no trace of use on keys")
            .since("7.2.0")
            .group("connection")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        boolean on = ClientSession.isOn(args, 2);
        Worker worker = Worker.of(context);
        worker.session().leaveUntouched(on);
        worker.keyspace().touching(!on);
        reply.ok();
    }
}

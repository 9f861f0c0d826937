package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code SLAVEOF NO ONE}: makes the server a master, which it is. Reply: OK. Errors: for the address of a master, since
 * there is no replication. Source: Redis 7.0.
 */
public final class Slaveof implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("slaveof")
            .arity(3)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.STALE, CommandFlag.NO_ASYNC_LOADING)
            .args(ArgSpec.oneOf(
                    "args",
                    ArgSpec.block(
                            "host-port",
                            ArgSpec.of("host", ArgSpec.Type.STRING),
                            ArgSpec.of("port", ArgSpec.Type.INTEGER)),
                    ArgSpec.block("no-one", ArgSpec.token("no", "NO"), ArgSpec.token("one", "ONE"))))
            .summary("Make the server a replica of another instance, or promote it as master.")
            .since("1.0.0")
            .group("server")
            .complexity("O(1)")
            .deprecated("5.0.0", "`REPLICAOF`")
            .build();

    /** For the service loader. */
    public Slaveof() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Replication.follow(args, reply);
    }
}

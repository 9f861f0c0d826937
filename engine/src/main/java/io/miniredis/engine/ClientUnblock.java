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
 * {@code CLIENT UNBLOCK client-id [TIMEOUT | ERROR]}: ends the waiting of a client in a blocking command, as if its time were over
 * or with an error. Reply: integer, 1 if the client waited, 0 if not. Errors: not an integer, another reason. Source: Redis 7.0.
 */
final class ClientUnblock implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("client|unblock")
            .arity(-3)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .args(
                    ArgSpec.of("client-id", ArgSpec.Type.INTEGER),
                    ArgSpec.oneOf("timeout_error", ArgSpec.token("timeout", "TIMEOUT"), ArgSpec.token("error", "ERROR"))
                            .optional())
            .summary("Unblock a client blocked in a blocking command from a different connection")
            .since("5.0.0")
            .group("connection")
            .complexity("O(log N) where N is the number of client connections")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        if (args.size() > 4) {
            throw wrongUse(args);
        }
        Waiter.End end = args.size() == 4 ? reason(args) : Waiter.End.TIMED_OUT;
        Worker worker = Worker.of(context);
        ClientSession client = worker.engine.client(args.integer(2));
        reply.integer(client != null && worker.unblock(client, end) ? 1 : 0);
    }

    /** The error for a subcommand that was given too much. */
    static CommandException wrongUse(Args args) {
        return new CommandException("ERR unknown subcommand or wrong number of arguments for '"
                + args.slice(1).quotable() + "'. Try CLIENT HELP.");
    }

    private static Waiter.End reason(Args args) throws CommandException {
        if (args.is(3, "TIMEOUT")) {
            return Waiter.End.TIMED_OUT;
        }
        if (args.is(3, "ERROR")) {
            return Waiter.End.UNBLOCKED;
        }
        throw new CommandException("ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR");
    }
}

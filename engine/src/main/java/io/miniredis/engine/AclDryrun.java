package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Reply;

/**
 * {@code ACL DRYRUN username command [arg [arg ...]]}: whether a user may send a command. Reply: OK, or a bulk string that says what
 * is not allowed. Errors: no such user or command, wrong number of arguments. Source: Redis 7.0.
 */
final class AclDryrun implements CommandHandler {
    private static final CommandSpec SPEC = Acl.admin("acl|dryrun")
            .arity(-4)
            .args(
                    ArgSpec.of("username", ArgSpec.Type.STRING),
                    ArgSpec.of("command", ArgSpec.Type.STRING),
                    ArgSpec.of("arg", ArgSpec.Type.STRING).optional().multiple())
            .summary("Returns whether the user can execute the given command without executing the command.")
            .since("7.0.0")
            .complexity("O(1).")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Worker worker = Worker.of(context);
        AclUser user = worker.engine.users().find(args.slice(2).toString());
        if (user == null) {
            throw new CommandException("ERR User '" + args.slice(2).quotable() + "' not found");
        }
        Command command = worker.find(args, COMMAND);
        if (command == null) {
            throw new CommandException("ERR Command '" + args.slice(COMMAND).quotable() + "' not found");
        }
        Args inner = new ArgsFrom(args, COMMAND);
        if (!command.spec.accepts(inner.size())) {
            throw Errors.wrongArity(command.spec.name());
        }
        String refusal = worker.access().explain(user.rules(), command, inner);
        if (refusal == null) {
            reply.ok();
        } else {
            reply.bulk(refusal);
        }
    }

    /** The argument where the command is. */
    private static final int COMMAND = 3;
}

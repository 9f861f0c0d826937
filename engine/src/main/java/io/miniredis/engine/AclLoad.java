package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code ACL LOAD}: takes the users from the file again, all of them or, if a line is wrong, none. Clients of other users than
 * {@code default} are closed. Reply: OK. Errors: there is no {@code aclfile}; all that is wrong with it. Source: Redis 7.0.
 */
final class AclLoad implements CommandHandler {
    private static final CommandSpec SPEC = Acl.admin("acl|load")
            .arity(2)
            .summary("Reload the ACLs from the configured ACL file")
            .complexity("O(N). Where N is the number of configured users.")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Worker worker = Worker.of(context);
        AclFile file = Acl.file(worker.engine);
        try {
            worker.engine.loadUsers(file);
        } catch (BadRule e) {
            throw new CommandException("ERR " + e.getMessage());
        }
        worker.rulesChanged();
        reply.ok();
    }
}

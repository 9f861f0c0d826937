package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code ACL DELUSER username [username ...]}: forgets users, and closes the connections of who has authenticated as one of them.
 * Reply: integer, how many there were. Errors: the user {@code default}. Source: Redis 7.0.
 */
final class AclDeluser implements CommandHandler {
    private static final CommandSpec SPEC = Acl.admin("acl|deluser")
            .arity(-3)
            .args(ArgSpec.of("username", ArgSpec.Type.STRING).multiple())
            .summary("Remove the specified ACL users and the associated rules")
            .complexity("O(1) amortized time considering the typical user.")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Engine engine = Worker.of(context).engine;
        int removed = 0;
        for (int i = 2; i < args.size(); i++) {
            String name = args.slice(i).toString();
            if (name.equals(Users.DEFAULT)) {
                throw new CommandException("ERR The 'default' user cannot be removed");
            }
            AclUser user = engine.users().remove(name);
            if (user != null) {
                engine.closeClientsOf(user);
                removed++;
            }
        }
        reply.integer(removed);
    }
}

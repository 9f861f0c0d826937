package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ACL SETUSER username [rule [rule ...]]}: changes a user or makes one, by all of the rules or none. Who has authenticated
 * as this user is judged by the new rules from its next request on; who
 * has subscribed to a channel that they do not allow is cut off. Reply: OK. Errors: a name with blanks; the first rule that cannot be
 * followed. Cost: O(rules + commands). Source: Redis 7.0.
 */
final class AclSetuser implements CommandHandler {
    private static final CommandSpec SPEC = Acl.admin("acl|setuser")
            .arity(-3)
            .args(
                    ArgSpec.of("username", ArgSpec.Type.STRING),
                    ArgSpec.of("rule", ArgSpec.Type.STRING).optional().multiple())
            .summary("Modify or create the rules for a specific ACL user")
            .complexity("O(N). Where N is the number of rules provided.")
            .history("6.2.0", "Added Pub/Sub channel patterns.")
            .history("7.0.0", "Added selectors and key based permissions.")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Worker worker = Worker.of(context);
        String name = args.slice(2).toString();
        List<String> rules = new ArrayList<>();
        for (int i = 3; i < args.size(); i++) {
            rules.add(args.slice(i).toString());
        }
        try {
            worker.engine.users().checkName(name);
            AclUser user = worker.engine.users().change(name, rules);
            worker.engine.pubSub().unentitled(user).forEach(ClientSession::loseUser);
        } catch (BadRule e) {
            throw new CommandException("ERR " + e.getMessage());
        }
        worker.rulesChanged();
        reply.ok();
    }
}

package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.Collection;
import java.util.List;

/**
 * {@code ACL USERS}: the names of all users, in alphabetical order. Reply: array. Source: Redis 7.0.
 */
final class AclUsers implements CommandHandler {
    private static final CommandSpec SPEC = Acl.admin("acl|users")
            .arity(2)
            .summary("List the username of all the configured ACL rules")
            .complexity("O(N). Where N is the number of configured users.")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        Collection<AclUser> users =
                List.copyOf(Worker.of(context).engine.users().all());
        reply.array(users.size());
        users.forEach(user -> reply.bulk(user.name().getBytes(ISO_8859_1)));
    }
}

package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code ACL WHOAMI}: the name of the user that the client is. Reply: bulk string. Source: Redis 7.0.
 */
final class AclWhoami implements CommandHandler {
    private static final CommandSpec SPEC = Acl.open("acl|whoami")
            .arity(2)
            .summary("Return the name of the user associated to the current connection")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        reply.bulk(Worker.of(context).session().user().name().getBytes(ISO_8859_1));
    }
}

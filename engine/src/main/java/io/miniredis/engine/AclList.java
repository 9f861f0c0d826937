package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.List;

/**
 * {@code ACL LIST}: all users with their rules, as they stand in a file. Reply: array. Source: Redis 7.0.
 */
final class AclList implements CommandHandler {
    private static final CommandSpec SPEC = Acl.admin("acl|list")
            .arity(2)
            .summary("List the current ACL rules in ACL config file format")
            .complexity("O(N). Where N is the number of configured users.")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        List<String> lines = Worker.of(context).engine.users().describe();
        reply.array(lines.size());
        lines.forEach(line -> reply.bulk(line.getBytes(ISO_8859_1)));
    }
}

package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code ACL SAVE}: writes the users to the file. Reply: OK. Errors: there is no {@code aclfile}, or it cannot be written. Source:
 * Redis 7.0.
 */
final class AclSave implements CommandHandler {
    private static final Logger LOG = LoggerFactory.getLogger(AclSave.class);

    private static final CommandSpec SPEC = Acl.admin("acl|save")
            .arity(2)
            .summary("Save the current ACL rules in the configured ACL file")
            .complexity("O(N). Where N is the number of configured users.")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Engine engine = Worker.of(context).engine;
        AclFile file = Acl.file(engine);
        try {
            file.write(engine.users().describe());
        } catch (IOException e) {
            LOG.error("The users cannot be saved in {}: {}", file.name(), e.toString());
            throw new CommandException(
                    "ERR There was an error trying to save the ACLs. Please check the server logs for more information");
        }
        reply.ok();
    }
}

package io.miniredis.testkit;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Keyspace;
import io.miniredis.api.Reply;

/** {@code TESTKIT.OTHER key}: stores a value of the wrong type, whichever type is right. Reply: OK. Cost: O(1). */
public final class PutOther implements CommandHandler {
    private static final OtherType TYPE = new OtherType();

    private static final CommandSpec SPEC = CommandSpec.named("testkit.other")
            .arity(2)
            .write()
            .keys(KeySpec.at(1, KeySpec.Access.OW))
            .build();

    /** For the service loader. */
    public PutOther() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        context.keyspace().put(args.key(1), TYPE, TYPE.create(), Keyspace.NO_EXPIRY);
        reply.ok();
    }
}

package demo.hello;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/** {@code DEMO.HELLO name}: greets. Reply: bulk string. */
public final class Hello implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("demo.hello")
            .arity(2)
            .fast()
            .summary("Greets someone by name")
            .arg("name")
            .build();

    /** For the service loader. */
    public Hello() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        reply.bulk("Hello, " + args.utf8(1));
    }
}

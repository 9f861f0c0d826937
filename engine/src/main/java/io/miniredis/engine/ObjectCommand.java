package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Reply;
import java.util.List;

/**
 * {@code OBJECT}: looks at how a value is kept. Only its subcommands do anything. Source: Redis 7.0.
 */
public final class ObjectCommand implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("object")
            .arity(-2)
            .summary("A container for object introspection commands")
            .since("2.2.3")
            .group("generic")
            .complexity("Depends on subcommand.")
            .build();

    private static final Help HELP = new Help(
            Help.spec("object")
                    .categories(CommandCategory.KEYSPACE)
                    .since("6.2.0")
                    .group("generic")
                    .build(),
            "ENCODING <key>",
            "    Return the kind of internal representation used in order to store the value",
            "    associated with a <key>.",
            "FREQ <key>",
            "    Return the access frequency index of the <key>. The returned integer is",
            "    proportional to the logarithm of the recent access frequency of the key.",
            "IDLETIME <key>",
            "    Return the idle time of the <key>, that is the approximated number of",
            "    seconds elapsed since the last access to the key.",
            "REFCOUNT <key>",
            "    Return the number of references of the value associated with the specified",
            "    <key>.");

    /** For the service loader. */
    public ObjectCommand() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public List<CommandHandler> subcommands() {
        return List.of(new ObjectEncoding(), new ObjectRefcount(), new ObjectIdletime(), new ObjectFreq(), HELP);
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        throw Errors.wrongArity("object");
    }
}

package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Reply;
import java.util.List;

/**
 * {@code CONFIG}: looks at directives and changes them. Only its subcommands do anything. Source: Redis 7.0.
 */
public final class Config implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("config")
            .arity(-2)
            .summary("A container for server configuration commands")
            .since("2.0.0")
            .group("server")
            .complexity("Depends on subcommand.")
            .build();

    private static final Help HELP = new Help(
            Help.spec("config").since("5.0.0").group("server").build(),
            "GET <pattern>",
            "    Return parameters matching the glob-like <pattern> and their values.",
            "SET <directive> <value>",
            "    Set the configuration <directive> to <value>.",
            "RESETSTAT",
            "    Reset statistics reported by the INFO command.",
            "REWRITE",
            "    Rewrite the configuration file.");

    /** For the service loader. */
    public Config() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public List<CommandHandler> subcommands() {
        return List.of(new ConfigGet(), new ConfigSet(), new ConfigResetstat(), new ConfigRewrite(), HELP);
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        throw Errors.wrongArity("config");
    }
}

package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.List;

/**
 * {@code CONFIG HELP}: what subcommands there are. Reply: array of simple strings. Source: Redis 7.0.
 */
final class ConfigHelp implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("config|help")
            .arity(2)
            .flags(CommandFlag.LOADING, CommandFlag.STALE)
            .summary("Show helpful text about the different subcommands")
            .since("5.0.0")
            .group("server")
            .complexity("O(1)")
            .build();

    private static final List<String> LINES = HelpText.of(
            "CONFIG",
            "GET <pattern>",
            "    Return parameters matching the glob-like <pattern> and their values.",
            "SET <directive> <value>",
            "    Set the configuration <directive> to <value>.",
            "RESETSTAT",
            "    Reset statistics reported by the INFO command.",
            "REWRITE",
            "    Rewrite the configuration file.");

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        HelpText.reply(LINES, reply);
    }
}

package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.List;

/**
 * {@code OBJECT HELP}: what subcommands there are. Reply: array of simple strings. Source: Redis 7.0.
 */
final class ObjectHelp implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("object|help")
            .arity(2)
            .flags(CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.KEYSPACE)
            .summary("Show helpful text about the different subcommands")
            .since("6.2.0")
            .group("generic")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    private static final List<String> LINES = HelpText.of(
            "OBJECT",
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

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        HelpText.reply(LINES, reply);
    }
}

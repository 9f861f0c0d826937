package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The subcommand {@code HELP} of a container, such as {@code CLIENT HELP}: what subcommands there are. Reply: array of simple strings. Source:
 * Redis 7.0.
 */
final class Help implements CommandHandler {
    private final CommandSpec spec;
    private final List<String> lines;

    /**
     * Makes the subcommand.
     *
     * @param spec begun with {@link #spec(String)}
     * @param subcommands a line for each, followed by lines of explanation that are indented
     */
    Help(CommandSpec spec, String... subcommands) {
        this.spec = spec;
        String container = spec.name().substring(0, spec.name().indexOf('|'));
        lines = text(container.toUpperCase(Locale.ROOT), subcommands);
    }

    /** What the specs of all of them have in common. */
    static CommandSpec.Builder spec(String container) {
        return CommandSpec.named(container + "|help")
                .arity(2)
                .flags(CommandFlag.LOADING, CommandFlag.STALE)
                .summary("Show helpful text about the different subcommands")
                .complexity("O(1)");
    }

    /**
     * The whole text, in Redis's form.
     *
     * @param container the command, in upper case
     * @param subcommands a line for each, followed by lines of explanation that are indented
     */
    static List<String> text(String container, String... subcommands) {
        List<String> lines = new ArrayList<>();
        lines.add(container + " <subcommand> [<arg> [value] [opt] ...]. Subcommands are:");
        lines.addAll(List.of(subcommands));
        lines.add("HELP");
        lines.add("    Prints this help.");
        return List.copyOf(lines);
    }

    static void reply(List<String> lines, Reply reply) {
        reply.array(lines.size());
        lines.forEach(reply::simple);
    }

    @Override
    public CommandSpec spec() {
        return spec;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        reply(lines, reply);
    }
}

package io.miniredis.engine;

import io.miniredis.api.Reply;
import java.util.ArrayList;
import java.util.List;

/** What a container's HELP answers, in Redis's form. */
final class HelpText {
    private HelpText() {}

    /**
     * Makes the whole text.
     *
     * @param container the command, in upper case
     * @param subcommands a line for each, followed by lines of explanation that are indented
     */
    static List<String> of(String container, String... subcommands) {
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
}

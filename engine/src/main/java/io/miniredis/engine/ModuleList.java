package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code MODULE LIST}: the plugins that are loaded. Reply: array of maps with name, version as a number, path and arguments.
 * Source: Redis 7.0.
 */
final class ModuleList implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("module|list")
            .arity(2)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT)
            .tips("nondeterministic_output_order")
            .summary("List all modules loaded by the server")
            .since("4.0.0")
            .group("server")
            .complexity("O(N) where N is the number of loaded modules.")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        List<InstalledPlugin> plugins =
                List.copyOf(Worker.of(context).engine.plugins().installed());
        reply.array(plugins.size());
        for (InstalledPlugin plugin : plugins) {
            reply.map(4);
            reply.bulk("name");
            reply.bulk(plugin.name());
            reply.bulk("ver");
            reply.integer(number(plugin.found().version()));
            reply.bulk("path");
            reply.bulk(plugin.found().source().toString());
            reply.bulk("args");
            List<String> arguments = plugin.given().arguments();
            reply.array(arguments.size());
            arguments.forEach(reply::bulk);
        }
    }

    /** A version as Redis's modules number it: 10203 for 1.2.3. */
    static long number(String version) {
        Matcher matcher = THREE_NUMBERS.matcher(version);
        if (!matcher.lookingAt()) {
            return 0;
        }
        long number = 0;
        for (int i = 1; i <= 3; i++) {
            String part = matcher.group(i);
            number = number * 100 + (part == null ? 0 : Long.parseLong(part));
        }
        return number;
    }

    private static final Pattern THREE_NUMBERS = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9}))?(?:\\.(\\d{1,9}))?");
}

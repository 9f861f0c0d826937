package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;

/**
 * {@code CLIENT SETNAME name}: names the connection; an empty name takes it away. Reply: OK. Errors: blanks or
 * special characters. Source: Redis 7.0.
 */
final class ClientSetname implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("client|setname")
            .arity(3)
            .flags(CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .args(ArgSpec.of("connection-name", ArgSpec.Type.STRING))
            .summary("Set the current connection name")
            .since("2.6.9")
            .group("connection")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Worker.of(context).session().rename(valid(args.slice(2)));
        reply.ok();
    }

    /** A name that CLIENT LIST can show. */
    static String valid(Slice name) throws CommandException {
        if (!isPrintable(name)) {
            throw new CommandException("ERR Client names cannot contain spaces, newlines or special characters.");
        }
        return name.toString();
    }

    static boolean isPrintable(Slice text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.byteAt(i) < '!' || text.byteAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}

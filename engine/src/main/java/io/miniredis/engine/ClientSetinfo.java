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

/**
 * {@code CLIENT SETINFO LIB-NAME name | LIB-VER version}: says which library the client uses. Reply: OK. Errors: blanks or
 * special characters, unknown attribute. Younger than the rest of this server's commands, because today's clients send it.
 * Source: Redis 7.2.
 */
final class ClientSetinfo implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("client|setinfo")
            .arity(4)
            .flags(CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .args(ArgSpec.oneOf(
                    "attr",
                    ArgSpec.of("libname", ArgSpec.Type.STRING).withToken("LIB-NAME"),
                    ArgSpec.of("libver", ArgSpec.Type.STRING).withToken("LIB-VER")))
            .summary("Sets information specific to the client or connection.")
            .since("7.2.0")
            .group("connection")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        ClientSession session = Worker.of(context).session();
        boolean name = args.is(2, "LIB-NAME");
        if (!name && !args.is(2, "LIB-VER")) {
            throw new CommandException(
                    "ERR Unrecognized option '" + args.slice(2).quotable() + "'");
        }
        if (!ClientSetname.isPrintable(args.slice(3))) {
            throw new CommandException(
                    "ERR " + args.slice(2).quotable() + " cannot contain spaces, newlines or special characters.");
        }
        if (name) {
            session.libraryName(args.utf8(3));
        } else {
            session.libraryVersion(args.utf8(3));
        }
        reply.ok();
    }
}

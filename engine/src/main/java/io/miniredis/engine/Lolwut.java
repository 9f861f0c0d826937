package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code LOLWUT [VERSION version] [columns [rows]]}: a drawing, another one each time, and the version of Redis whose
 * behaviour the server shows. Columns and rows are read if a version is given, which makes no difference otherwise.
 * Reply: verbatim string. Errors: not an integer. Source: Redis 7.0, which draws nothing but in versions 5 and 6.
 */
public final class Lolwut implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("lolwut")
            .arity(-1)
            .flags(CommandFlag.READONLY, CommandFlag.FAST)
            .args(ArgSpec.of("version", ArgSpec.Type.INTEGER)
                    .withToken("VERSION")
                    .optional())
            .summary("Display some computer art and the Redis version")
            .since("5.0.0")
            .group("server")
            .build();

    /** For the service loader. */
    public Lolwut() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        int columns = 64;
        int rows = 16;
        if (args.size() >= 3 && args.is(1, "VERSION")) {
            args.integer(2);
            columns = args.size() > 3 ? within(args.integer(3), 1, 256) : columns;
            rows = args.size() > 4 ? within(args.integer(4), 1, 128) : rows;
        }
        String drawing = new CellDrawing(Worker.of(context).random, columns, rows).text();
        reply.verbatim("txt", drawing + "Redis ver. " + Engine.REDIS_VERSION + "\n");
    }

    private static int within(long number, int min, int max) {
        return (int) Math.max(min, Math.min(max, number));
    }
}

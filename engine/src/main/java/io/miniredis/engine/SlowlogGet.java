package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.List;

/**
 * {@code SLOWLOG GET [count]}: the commands that took long, newest first; 10 of them, all for -1. Reply: array of
 * arrays: a number, when it was logged in seconds since the Unix epoch, how long it took in microseconds, the arguments
 * shortened, the client's address and name. Errors: a count less than -1, too many arguments. Source: Redis 7.0.
 */
final class SlowlogGet implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("slowlog|get")
            .arity(-2)
            .flags(CommandFlag.ADMIN, CommandFlag.LOADING, CommandFlag.STALE)
            .args(ArgSpec.of("count", ArgSpec.Type.INTEGER).optional())
            .tips("request_policy:all_nodes", "nondeterministic_output")
            .summary("Get the slow log's entries")
            .since("2.2.12")
            .group("server")
            .complexity("O(N) where N is the number of entries returned")
            .history("4.0.0", "Added client IP address, port and name to the reply.")
            .build();

    private static final long DEFAULT_COUNT = 10;

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        if (args.size() > 3) {
            throw new CommandException("ERR unknown subcommand or wrong number of arguments for '"
                    + Worker.printable(args.slice(1), 128) + "'. Try SLOWLOG HELP.");
        }
        long count = args.size() == 2 ? DEFAULT_COUNT : count(args);
        List<SlowLog.Entry> entries = Worker.of(context).engine.slowLog().newest(count);
        reply.array(entries.size());
        for (SlowLog.Entry entry : entries) {
            reply.array(6);
            reply.integer(entry.id());
            reply.integer(entry.seconds());
            reply.integer(entry.micros());
            reply.array(entry.arguments().size());
            entry.arguments().forEach(argument -> reply.bulk(argument.getBytes(ISO_8859_1)));
            reply.bulk(entry.address());
            reply.bulk(entry.clientName());
        }
    }

    private static long count(Args args) throws CommandException {
        try {
            long count = args.integer(2);
            if (count >= -1) {
                return count;
            }
        } catch (CommandException notAnInteger) {
            // the same error
        }
        throw new CommandException("ERR count should be greater than or equal to -1");
    }
}

package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code SWAPDB index1 index2}: exchanges two databases, at one moment for everyone. Reply: OK. Errors: not a database. Cost: O(1)
 * per shard. Source: Redis 7.0.
 */
public final class Swapdb implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("swapdb")
            .arity(3)
            .write()
            .fast()
            .categories(CommandCategory.KEYSPACE, CommandCategory.DANGEROUS)
            .args(ArgSpec.of("index1", ArgSpec.Type.INTEGER), ArgSpec.of("index2", ArgSpec.Type.INTEGER))
            .summary("Swaps two Redis databases")
            .since("4.0.0")
            .group("server")
            .complexity("O(N) where N is the count of clients watching or blocking on keys from both" + " databases.")
            .build();

    /** For the service loader. */
    public Swapdb() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Worker worker = Worker.of(context);
        int first = index(args, 1, "ERR invalid first DB index");
        int second = index(args, 2, "ERR invalid second DB index");
        worker.checkDatabase(first);
        worker.checkDatabase(second);
        worker.swap(first, second);
        reply.ok();
    }

    private static int index(Args args, int index, String error) throws CommandException {
        try {
            return Math.toIntExact(args.integer(index));
        } catch (CommandException | ArithmeticException notAnInteger) {
            throw new CommandException(error);
        }
    }
}

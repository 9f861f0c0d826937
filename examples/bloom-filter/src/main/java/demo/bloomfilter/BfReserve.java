package demo.bloomfilter;

import static io.miniredis.api.KeySpec.Access.INSERT;
import static io.miniredis.api.KeySpec.Access.RW;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Keyspace;
import io.miniredis.api.Reply;

/**
 * {@code BF.RESERVE key error_rate capacity [EXPANSION expansion] [NONSCALING]}: creates an empty Bloom filter. Reply: OK. Errors: an
 * argument that is not a number or out of range; a filter that cannot be held; the key exists already. Cost: O(capacity), to
 * clear the bits. Source: RedisBloom 2.8, BF.RESERVE.
 */
public final class BfReserve implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("bf.reserve")
            .arity(-4)
            .write()
            .denyOom()
            .keys(KeySpec.at(1, RW, INSERT))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.of("error_rate", ArgSpec.Type.DOUBLE),
                    ArgSpec.of("capacity", ArgSpec.Type.INTEGER),
                    ArgSpec.of("expansion", ArgSpec.Type.INTEGER)
                            .withToken("EXPANSION")
                            .optional(),
                    ArgSpec.token("nonscaling", "NONSCALING").optional())
            .summary("Creates an empty Bloom filter")
            .complexity("O(n), where n is the capacity")
            .build();

    private static final int MAX_ARGS = 7;

    /** For the service loader. */
    public BfReserve() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        if (args.size() > MAX_ARGS) {
            throw Errors.wrongArity(SPEC.name());
        }
        double errorRate = errorRate(args);
        long capacity = capacity(args);
        int expansion = expansion(args);
        Key key = args.key(1);
        if (context.keyspace().read(key, BloomFilterType.INSTANCE) != null) {
            throw new CommandException("ERR item exists");
        }
        BloomFilter filter = BloomFilter.reserve(capacity, errorRate, expansion, context.maxValueBytes());
        context.keyspace().put(key, BloomFilterType.INSTANCE, filter, Keyspace.NO_EXPIRY);
        reply.ok();
    }

    private static double errorRate(Args args) throws CommandException {
        double errorRate;
        try {
            errorRate = args.real(2);
        } catch (CommandException notANumber) {
            throw new CommandException("ERR bad error rate");
        }
        if (errorRate <= 0 || errorRate >= 1) {
            throw new CommandException("ERR (0 < error rate range < 1) "); // RedisBloom's text ends so
        }
        return errorRate;
    }

    private static long capacity(Args args) throws CommandException {
        long capacity = integer(args, 3, "ERR bad capacity");
        if (capacity <= 0) {
            throw new CommandException("ERR (capacity should be larger than 0)");
        }
        return capacity;
    }

    private static int expansion(Args args) throws CommandException {
        boolean nonScaling = false;
        int expansionAt = 0;
        for (int i = 4; i < args.size(); i++) {
            if (args.is(i, "NONSCALING")) {
                nonScaling = true;
            } else if (args.is(i, "EXPANSION")) {
                expansionAt = ++i;
            } else {
                throw Errors.syntax();
            }
        }
        if (expansionAt == 0) {
            return nonScaling ? BloomFilter.NONSCALING : BloomFilterType.DEFAULT_EXPANSION;
        }
        if (expansionAt == args.size()) {
            throw new CommandException("ERR no expansion");
        }
        if (nonScaling) {
            throw new CommandException("Nonscaling filters cannot expand");
        }
        return expansion(integer(args, expansionAt, "ERR bad expansion"));
    }

    private static int expansion(long expansion) throws CommandException {
        if (expansion < 1) {
            throw new CommandException("ERR expansion should be greater or equal to 1");
        }
        if (expansion > Integer.MAX_VALUE) {
            throw new CommandException("ERR bad expansion");
        }
        return (int) expansion;
    }

    private static long integer(Args args, int index, String error) throws CommandException {
        try {
            return args.integer(index);
        } catch (CommandException notANumber) {
            throw new CommandException(error);
        }
    }
}

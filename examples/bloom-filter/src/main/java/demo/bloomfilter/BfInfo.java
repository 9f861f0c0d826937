package demo.bloomfilter;

import static io.miniredis.api.KeySpec.Access.ACCESS;
import static io.miniredis.api.KeySpec.Access.RO;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;

/**
 * {@code BF.INFO key [CAPACITY | SIZE | FILTERS | ITEMS | EXPANSION]}: tells about a Bloom filter. Reply: map of what each is called to an
 * integer, the expansion being null if the filter does not grow; array of the one value that is asked for. Errors: not found; an
 * unknown word; WRONGTYPE if the key holds another type. Cost: O(layers). Source: RedisBloom 2.8, BF.INFO.
 */
public final class BfInfo implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("bf.info")
            .arity(-2)
            .readOnly()
            .fast()
            .keys(KeySpec.at(1, RO, ACCESS))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.oneOf(
                                    "single_value",
                                    ArgSpec.token("capacity", "CAPACITY"),
                                    ArgSpec.token("size", "SIZE"),
                                    ArgSpec.token("filters", "FILTERS"),
                                    ArgSpec.token("items", "ITEMS"),
                                    ArgSpec.token("expansion", "EXPANSION"))
                            .optional())
            .summary("Tells about a Bloom filter")
            .complexity("O(n), where n is the number of layers")
            .build();

    private static final int MAX_ARGS = 3;

    /** For the service loader. */
    public BfInfo() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        if (args.size() > MAX_ARGS) {
            throw Errors.wrongArity(SPEC.name());
        }
        BloomFilter filter = context.keyspace().read(args.key(1), BloomFilterType.INSTANCE);
        if (filter == null) {
            throw new CommandException("ERR not found");
        }
        if (args.size() == MAX_ARGS) {
            InfoField field = InfoField.named(args, 2);
            reply.array(1);
            field.write(filter, reply);
        } else {
            InfoField.writeAll(filter, reply);
        }
    }
}

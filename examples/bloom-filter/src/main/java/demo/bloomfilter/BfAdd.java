package demo.bloomfilter;

import static io.miniredis.api.KeySpec.Access.INSERT;
import static io.miniredis.api.KeySpec.Access.RW;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;

/**
 * {@code BF.ADD key item}: adds an item to a Bloom filter, which is created if need be. Reply: boolean, false if the item was
 * there already, or so it seems. Errors: the filter is full; WRONGTYPE if the key holds another type. Cost: O(layers). Source:
 * RedisBloom 2.8, BF.ADD.
 */
public final class BfAdd implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("bf.add")
            .arity(3)
            .write()
            .denyOom()
            .fast()
            .keys(KeySpec.at(1, RW, INSERT))
            .args(ArgSpec.key("key", 0), ArgSpec.of("item", ArgSpec.Type.STRING))
            .summary("Adds an item to a Bloom filter")
            .complexity("O(k * n), where k is the number of hash functions and n the number of layers")
            .build();

    /** For the service loader. */
    public BfAdd() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Key key = args.key(1);
        BloomFilter filter = context.keyspace().writeOrCreate(key, BloomFilterType.INSTANCE);
        boolean added = false;
        try {
            added = filter.add(ItemHash.of(args.slice(2)), context.maxValueBytes());
        } finally {
            if (!added) {
                context.keyspace().unchanged(key);
            }
        }
        reply.bool(added);
    }
}

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
 * {@code BF.MADD key item [item ...]}: adds items to a Bloom filter, which is created if need be. Reply: array of booleans, false
 * for each item that was there already, or so it seems. If the filter is full, an error takes the place of the first item for
 * which there is no room, and the array ends there. Errors: WRONGTYPE if the key holds another type. Cost: O(layers) per item.
 * Source: RedisBloom 2.8, BF.MADD.
 */
public final class BfMadd implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("bf.madd")
            .arity(-3)
            .write()
            .denyOom()
            .keys(KeySpec.at(1, RW, INSERT))
            .args(ArgSpec.key("key", 0), ArgSpec.of("item", ArgSpec.Type.STRING).multiple())
            .summary("Adds items to a Bloom filter")
            .complexity("O(k * m * n), where k is the number of hash functions, m that of items and n that of layers")
            .build();

    /** For the service loader. */
    public BfMadd() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Key key = args.key(1);
        BloomFilter filter = context.keyspace().writeOrCreate(key, BloomFilterType.INSTANCE);
        long before = filter.items();
        Reply.Scope results = reply.array();
        try {
            for (int i = 2; i < args.size(); i++) {
                reply.bool(filter.add(ItemHash.of(args.slice(i)), context.maxValueBytes()));
            }
        } catch (CommandException full) {
            reply.error(full.getMessage());
        }
        results.close();
        if (filter.items() == before) {
            context.keyspace().unchanged(key);
        }
    }
}

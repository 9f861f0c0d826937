package demo.bloomfilter;

import static io.miniredis.api.KeySpec.Access.ACCESS;
import static io.miniredis.api.KeySpec.Access.RO;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;

/**
 * {@code BF.EXISTS key item}: asks a Bloom filter for an item. Reply: boolean; false is certain, and what there is without such a
 * key. Errors: WRONGTYPE if the key holds another type. Cost: O(layers). Source: RedisBloom 2.8, BF.EXISTS.
 */
public final class BfExists implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("bf.exists")
            .arity(3)
            .readOnly()
            .fast()
            .keys(KeySpec.at(1, RO, ACCESS))
            .args(ArgSpec.key("key", 0), ArgSpec.of("item", ArgSpec.Type.STRING))
            .summary("Asks whether a Bloom filter contains an item")
            .complexity("O(k * n), where k is the number of hash functions and n the number of layers")
            .build();

    /** For the service loader. */
    public BfExists() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        BloomFilter filter = context.keyspace().read(args.key(1), BloomFilterType.INSTANCE);
        reply.bool(filter != null && filter.contains(ItemHash.of(args.slice(2))));
    }
}

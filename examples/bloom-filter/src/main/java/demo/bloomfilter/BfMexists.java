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
 * {@code BF.MEXISTS key item [item ...]}: asks a Bloom filter for items. Reply: array of booleans; false is certain, and what there
 * is without such a key. Errors: WRONGTYPE if the key holds another type. Cost: O(layers) per item. Source: RedisBloom 2.8,
 * BF.MEXISTS.
 */
public final class BfMexists implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("bf.mexists")
            .arity(-3)
            .readOnly()
            .keys(KeySpec.at(1, RO, ACCESS))
            .args(ArgSpec.key("key", 0), ArgSpec.of("item", ArgSpec.Type.STRING).multiple())
            .summary("Asks whether a Bloom filter contains items")
            .complexity("O(k * m * n), where k is the number of hash functions, m that of items and n that of layers")
            .build();

    /** For the service loader. */
    public BfMexists() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        BloomFilter filter = context.keyspace().read(args.key(1), BloomFilterType.INSTANCE);
        reply.array(args.size() - 2);
        for (int i = 2; i < args.size(); i++) {
            reply.bool(filter != null && filter.contains(ItemHash.of(args.slice(i))));
        }
    }
}

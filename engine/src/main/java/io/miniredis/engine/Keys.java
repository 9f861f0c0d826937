package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;

/**
 * {@code KEYS pattern}: the keys that match a glob. Reply: array of bulk strings, in no order. Cost: O(n) in the
 * keys of the database, one shard locked at a time. Source: Redis 7.0.
 */
public final class Keys implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("keys")
            .arity(2)
            .readOnly()
            .categories(CommandCategory.KEYSPACE, CommandCategory.DANGEROUS)
            .args(ArgSpec.of("pattern", ArgSpec.Type.PATTERN))
            .tips("request_policy:all_shards", "nondeterministic_output_order")
            .summary("Find all keys matching the given pattern")
            .since("1.0.0")
            .group("generic")
            .complexity(
                    "O(N) with N being the number of keys in the database, under the assumption that the key names in the database and the given pattern have limited length.")
            .build();

    /** For the service loader. */
    public Keys() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        Worker worker = Worker.of(context);
        Glob glob = new Glob(args.slice(1));
        Slice name = new Slice();
        Reply.Scope found = reply.array();
        worker.forEachKey((segment, slot) -> {
            KeyTable.key(segment, slot, name);
            if (!worker.isExpired(segment, slot) && glob.matches(name)) {
                reply.bulk(name);
            }
        });
        found.close();
    }
}

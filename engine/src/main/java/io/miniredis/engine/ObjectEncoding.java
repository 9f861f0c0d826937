package io.miniredis.engine;

import static io.miniredis.api.KeySpec.Access.RO;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;

/**
 * {@code OBJECT ENCODING key}: what representation Redis would have chosen for a value. Reply: bulk string, or null if there is
 * no such key. Cost: O(1). Source: Redis 7.0.
 */
final class ObjectEncoding implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("object|encoding")
            .arity(3)
            .readOnly()
            .categories(CommandCategory.KEYSPACE)
            .keys(KeySpec.at(2, RO))
            .args(ArgSpec.key("key", 0))
            .tips("nondeterministic_output")
            .summary("Inspect the internal encoding of a Redis object")
            .since("2.2.3")
            .group("generic")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        String encoding = Worker.of(context).keyspace().encoding(args.key(2));
        if (encoding == null) {
            reply.nil();
        } else {
            reply.bulk(encoding);
        }
    }
}

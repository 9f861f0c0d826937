package io.miniredis.commands.strings;

import static io.miniredis.api.KeySpec.Access.OW;
import static io.miniredis.api.KeySpec.Access.UPDATE;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Keyspace;
import io.miniredis.api.Reply;

/**
 * {@code MSET key value [key value ...]}: stores several strings at one moment, whatever the keys held; their expiries
 * end. Of a key that is given twice the last value stays. Reply: OK. Errors: wrong number of arguments if a value is
 * missing. Cost: O(1) per key. Source: Redis 7.0, MSET.
 */
public final class Mset implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("mset")
            .arity(-3)
            .write()
            .denyOom()
            .categories(CommandCategory.STRING)
            .keys(KeySpec.range(1, -1, 2, OW, UPDATE))
            .args(ArgSpec.block("key_value", ArgSpec.key("key", 0), ArgSpec.of("value", ArgSpec.Type.STRING))
                    .multiple())
            .tips("request_policy:multi_shard", "response_policy:all_succeeded")
            .summary("Set multiple keys to multiple values")
            .since("1.0.1")
            .event("set")
            .group("string")
            .complexity("O(N) where N is the number of keys to set.")
            .build();

    /** For the service loader. */
    public Mset() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        if (args.size() % 2 == 0) {
            throw Errors.wrongArity(SPEC.name());
        }
        store(context, args);
        reply.ok();
    }

    /** Stores each pair of arguments. */
    static void store(CommandContext context, Args args) {
        Keyspace keyspace = context.keyspace();
        for (int i = 1; i < args.size(); i += 2) {
            keyspace.put(args.key(i), StringType.INSTANCE, args.slice(i + 1), Keyspace.NO_EXPIRY);
        }
    }
}

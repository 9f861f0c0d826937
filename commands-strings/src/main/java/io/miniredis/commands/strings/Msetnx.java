package io.miniredis.commands.strings;

import static io.miniredis.api.KeySpec.Access.INSERT;
import static io.miniredis.api.KeySpec.Access.OW;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;

/**
 * {@code MSETNX key value [key value ...]}: stores several strings at one moment if none of the keys exists. Reply: integer, 1 if it
 * did, 0 if not. Errors: wrong number of arguments if a value is missing. Cost: O(1) per key. Source: Redis 7.0, MSETNX.
 */
public final class Msetnx implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("msetnx")
            .arity(-3)
            .write()
            .denyOom()
            .categories(CommandCategory.STRING)
            .keys(KeySpec.range(1, -1, 2, OW, INSERT))
            .args(ArgSpec.block("key_value", ArgSpec.key("key", 0), ArgSpec.of("value", ArgSpec.Type.STRING))
                    .multiple())
            .tips("request_policy:multi_shard", "response_policy:agg_min")
            .summary("Set multiple keys to multiple values, only if none of the keys exist")
            .since("1.0.1")
            .event("set")
            .group("string")
            .complexity("O(N) where N is the number of keys to set.")
            .build();

    /** For the service loader. */
    public Msetnx() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        if (args.size() % 2 == 0) {
            throw Errors.wrongArity(SPEC.name());
        }
        for (int i = 1; i < args.size(); i += 2) {
            if (context.keyspace().exists(args.key(i))) {
                reply.integer(0);
                return;
            }
        }
        Mset.store(context, args);
        reply.integer(1);
    }
}

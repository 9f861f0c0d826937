package io.miniredis.engine;

import static io.miniredis.api.KeySpec.Access.RO;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Numbers;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;

/**
 * {@code OBJECT REFCOUNT key}: how often a value is referred to. Nothing is shared here, so what Redis would answer: 1, but
 * 2147483647 for the integers that it keeps once for all. Reply: integer, or null if there is no such key. Cost: O(1). Source: Redis
 * 7.0.
 */
final class ObjectRefcount implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("object|refcount")
            .arity(3)
            .readOnly()
            .categories(CommandCategory.KEYSPACE)
            .keys(KeySpec.at(2, RO))
            .args(ArgSpec.key("key", 0))
            .tips("nondeterministic_output")
            .summary("Get the number of references to the value of the key")
            .since("2.2.3")
            .group("generic")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    /** Redis keeps the integers below this once for all keys. */
    private static final int SHARED_INTEGERS = 10_000;

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        WorkingKeyspace keyspace = Worker.of(context).keyspace();
        Key key = args.key(2);
        if (keyspace.isThere(key)) {
            reply.integer(of(keyspace, key));
        } else {
            reply.nil();
        }
    }

    /** How often the value of a key, which there must be, is referred to. */
    static int of(WorkingKeyspace keyspace, Key key) {
        boolean shared = keyspace.encoding(key).equals("int") && isShared(keyspace.bytes(key));
        return shared ? Integer.MAX_VALUE : 1;
    }

    private static boolean isShared(Slice digits) {
        try {
            long number = Numbers.integer(digits);
            return number >= 0 && number < SHARED_INTEGERS;
        } catch (CommandException notANumber) {
            return false;
        }
    }
}

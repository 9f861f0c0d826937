package io.miniredis.engine;

import static io.miniredis.api.KeySpec.Access.ACCESS;
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
import io.miniredis.api.Reply;
import io.miniredis.api.ValueType;
import java.io.IOException;

/**
 * {@code DUMP key}: a value in the form in which it moves to another server with RESTORE, to Redis itself if Redis knows its type.
 * Reply: bulk string, or null if there is no such key. Errors: its type cannot write it. Cost: O(n). Source: Redis 7.0.
 */
public final class Dump implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("dump")
            .arity(2)
            .readOnly()
            .categories(CommandCategory.KEYSPACE)
            .keys(KeySpec.at(1, RO, ACCESS))
            .args(ArgSpec.key("key", 0))
            .tips("nondeterministic_output")
            .summary("Return a serialized version of the value stored at the specified key.")
            .since("2.6.0")
            .group("generic")
            .complexity("O(1) to access the key and additional O(N*M) to serialize it, where N is the number of"
                    + " Redis objects composing the value and M their average size. For small string values"
                    + " the time complexity is thus O(1)+O(1*M) where M is small, so simply O(1).")
            .build();

    /** For the service loader. */
    public Dump() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Key key = args.key(1);
        ValueType<?> type = context.keyspace().typeOf(key);
        if (type == null) {
            reply.nil();
            return;
        }
        // The buffer grows by doubling, and the reply is a copy of it.
        context.needs(3 * Worker.of(context).keyspace().memoryBytes(key));
        try {
            reply.bulk(Payload.of(type, context.keyspace().read(key, type)));
        } catch (IOException e) {
            throw new CommandException("ERR the value cannot be written by its type '" + type.name() + "'");
        }
    }
}

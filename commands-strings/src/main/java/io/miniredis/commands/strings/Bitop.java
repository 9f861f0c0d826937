package io.miniredis.commands.strings;

import static io.miniredis.api.KeySpec.Access.ACCESS;
import static io.miniredis.api.KeySpec.Access.OW;
import static io.miniredis.api.KeySpec.Access.RO;
import static io.miniredis.api.KeySpec.Access.UPDATE;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Keyspace;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;
import java.util.Arrays;

/**
 * {@code BITOP (AND | OR | XOR | NOT) destkey key [key ...]}: stores the bits of several strings, combined; shorter ones count as
 * followed by zeros, and a missing one as empty. Without any bytes the destination is removed. Reply: integer, the length of the
 * result, in bytes. Errors: syntax error; NOT of several keys; WRONGTYPE if a source holds another type. Cost: O(N) for each
 * source. Source: Redis 7.0, BITOP.
 */
public final class Bitop implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("bitop")
            .arity(-4)
            .write()
            .denyOom()
            .categories(CommandCategory.BITMAP)
            .keys(KeySpec.at(2, OW, UPDATE), KeySpec.range(3, -1, 1, RO, ACCESS))
            .args(
                    ArgSpec.of("operation", ArgSpec.Type.STRING),
                    ArgSpec.key("destkey", 0),
                    ArgSpec.key("key", 1).multiple())
            .summary("Perform bitwise operations between strings")
            .since("2.6.0")
            .event("set")
            .group("bitmap")
            .complexity("O(N)")
            .build();

    /** For the service loader. */
    public Bitop() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Operation operation = operation(args);
        if (operation == Operation.NOT && args.size() != 4) {
            throw new CommandException("ERR BITOP NOT must be called with a single source key.");
        }
        int length = 0;
        for (int i = 3; i < args.size(); i++) {
            Slice source = context.keyspace().read(args.key(i), StringType.INSTANCE);
            length = Math.max(length, source == null ? 0 : source.length());
        }
        Key destination = args.key(2);
        if (length == 0) {
            context.keyspace().delete(destination);
        } else {
            context.needs(2L * length); // the result, and the copy that is stored
            byte[] result = combine(operation, context, args, length);
            context.keyspace().put(destination, StringType.INSTANCE, new Slice(result), Keyspace.NO_EXPIRY);
            context.keyspace().note(destination, StringType.RAW);
        }
        reply.integer(length);
    }

    private static Operation operation(Args args) throws CommandException {
        for (Operation operation : Operation.ALL) {
            if (args.is(1, operation.name())) {
                return operation;
            }
        }
        throw Errors.syntax();
    }

    private static byte[] combine(Operation operation, CommandContext context, Args args, int length)
            throws CommandException {
        byte[] result = new byte[length];
        for (int i = 3; i < args.size(); i++) {
            Slice source = context.keyspace().read(args.key(i), StringType.INSTANCE);
            if (i == 3) {
                if (source != null) {
                    source.copyTo(result, 0);
                }
            } else {
                operation.apply(result, source);
            }
        }
        if (operation == Operation.NOT) {
            for (int i = 0; i < length; i++) {
                result[i] = (byte) ~result[i];
            }
        }
        return result;
    }

    /** How two bytes become one. */
    private enum Operation {
        AND,
        OR,
        XOR,
        NOT;

        private static final Operation[] ALL = values();

        /** Combines a result with one more source; null counts as nothing but zeros. */
        private void apply(byte[] result, Slice source) {
            int common = source == null ? 0 : source.length();
            for (int i = 0; i < common; i++) {
                byte b = source.byteAt(i);
                switch (this) {
                    case AND -> result[i] &= b;
                    case OR -> result[i] |= b;
                    default -> result[i] ^= b;
                }
            }
            if (this == AND) {
                Arrays.fill(result, common, result.length, (byte) 0);
            }
        }
    }
}

package io.miniredis.commands.strings;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.Errors;
import io.miniredis.api.Key;
import io.miniredis.api.Numbers;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;
import java.util.ArrayList;
import java.util.List;

/** What BITFIELD and BITFIELD_RO share. All of it is read, and refused, before any of it is done. */
final class BitfieldOperations {
    private BitfieldOperations() {}

    static void execute(CommandContext context, Args args, Reply reply, boolean mayWrite) throws CommandException {
        List<Operation> operations = parse(context, args);
        long written = 0;
        for (Operation operation : operations) {
            written = Math.max(written, operation.writtenBits());
        }
        Slice value;
        Key key = args.key(1);
        boolean grows = false;
        if (written == 0) {
            value = context.keyspace().read(key, StringType.INSTANCE);
        } else if (mayWrite) {
            int needed = (int) ((written + 7) >> 3);
            grows = StringType.length(context, key) < needed;
            value = StringType.edit(context, key, needed);
        } else {
            throw new CommandException("ERR BITFIELD_RO only supports the GET subcommand");
        }
        Slice bits = value == null ? new Slice() : value;
        reply.array(operations.size());
        // As in Redis, a string that grew for what then did not fit counts as unchanged.
        boolean changed = false;
        for (Operation operation : operations) {
            changed |= operation.execute(bits, grows, reply);
        }
        if (written > 0 && !changed) {
            context.keyspace().unchanged(key);
        }
    }

    private static List<Operation> parse(CommandContext context, Args args) throws CommandException {
        List<Operation> operations = new ArrayList<>();
        Overflow overflow = Overflow.WRAP;
        int at = 2;
        while (at < args.size()) {
            int left = args.size() - at - 1;
            if (args.is(at, "OVERFLOW") && left >= 1) {
                overflow = Overflow.named(args, at + 1);
                at += 2;
                continue;
            }
            Kind kind = Kind.named(args, at);
            if (kind == null || left < kind.arguments) {
                throw Errors.syntax();
            }
            Slice encoding = args.slice(at + 1);
            boolean signed = isSigned(encoding);
            int width = width(encoding, signed);
            long offset = Bits.fieldOffset(context, args.slice(at + 2), width);
            long operand = kind == Kind.GET ? 0 : args.integer(at + 3);
            operations.add(new Operation(kind, overflow, signed, width, offset, operand));
            at += 1 + kind.arguments;
        }
        return operations;
    }

    private static boolean isSigned(Slice encoding) throws CommandException {
        if (encoding.length() > 0 && encoding.byteAt(0) == 'i') {
            return true;
        }
        if (encoding.length() > 0 && encoding.byteAt(0) == 'u') {
            return false;
        }
        throw badEncoding();
    }

    private static int width(Slice encoding, boolean signed) throws CommandException {
        Slice digits = new Slice().wrap(encoding.array(), encoding.offset() + 1, encoding.length() - 1);
        long width;
        try {
            width = Numbers.integer(digits);
        } catch (CommandException notANumber) {
            throw badEncoding();
        }
        if (width < 1 || width > (signed ? Long.SIZE : Long.SIZE - 1)) {
            throw badEncoding();
        }
        return (int) width;
    }

    private static CommandException badEncoding() {
        return new CommandException(
                "ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but i64 is.");
    }

    private enum Kind {
        GET(2),
        SET(3),
        INCRBY(3);

        private static final Kind[] ALL = values();
        private final int arguments;

        Kind(int arguments) {
            this.arguments = arguments;
        }

        private static Kind named(Args args, int index) {
            for (Kind kind : ALL) {
                if (args.is(index, kind.name())) {
                    return kind;
                }
            }
            return null;
        }
    }

    /** What becomes of a number that does not fit. */
    private enum Overflow {
        WRAP,
        SAT,
        FAIL;

        private static final Overflow[] ALL = values();

        private static Overflow named(Args args, int index) throws CommandException {
            for (Overflow overflow : ALL) {
                if (args.is(index, overflow.name())) {
                    return overflow;
                }
            }
            throw new CommandException("ERR Invalid OVERFLOW type specified");
        }
    }

    private record Operation(Kind kind, Overflow overflow, boolean signed, int width, long offset, long operand) {

        long writtenBits() {
            return kind == Kind.GET ? 0 : offset + width;
        }

        /** Returns whether something was written that was not there before. */
        boolean execute(Slice value, boolean grows, Reply reply) {
            long before = extended(Bits.read(value, offset, width));
            if (kind == Kind.GET) {
                reply.integer(before);
                return false;
            }
            long after = kind == Kind.SET ? operand : before + operand;
            int excess = kind == Kind.SET ? excess(operand) : excess(before, operand);
            if (excess != 0 && overflow == Overflow.FAIL) {
                reply.nil();
                return false;
            }
            if (excess != 0 && overflow == Overflow.SAT) {
                after = excess > 0 ? most() : least();
            }
            after = extended(after);
            Bits.write(value, offset, width, after);
            reply.integer(kind == Kind.SET ? before : after);
            return grows || before != after;
        }

        /** The lowest bits of a number, as a number. */
        private long extended(long field) {
            int spare = Long.SIZE - width;
            return signed ? field << spare >> spare : field << spare >>> spare;
        }

        private long most() {
            return signed ? Long.MAX_VALUE >> (Long.SIZE - width) : -1L >>> (Long.SIZE - width);
        }

        private long least() {
            return signed ? Long.MIN_VALUE >> (Long.SIZE - width) : 0;
        }

        /** Whether a number is too large, 1, too small, -1, or fits. As an unsigned one, a negative is a very large one. */
        private int excess(long number) {
            // In Redis the distance from a signed number to the largest one may overflow as well; then it, too, counts
            // as large.
            boolean overflows = number < 0 && (!signed || (width < Long.SIZE && most() - number < 0));
            return overflows ? 1 : excess(number, 0);
        }

        /** Whether a sum is too large, 1, too small, -1, or fits. */
        private int excess(long first, long second) {
            long sum = first + second;
            if (((first ^ sum) & (second ^ sum)) < 0) {
                return second > 0 ? 1 : -1;
            }
            if (sum > most()) {
                return 1;
            }
            return sum < least() ? -1 : 0;
        }
    }
}

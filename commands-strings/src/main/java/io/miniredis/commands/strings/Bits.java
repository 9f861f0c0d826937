package io.miniredis.commands.strings;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.Errors;
import io.miniredis.api.Numbers;
import io.miniredis.api.Slice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A string as a row of bits; number 0 is the highest of the first byte. */
final class Bits {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bits() {}

    /** Reads an argument as the number of a bit. */
    static long offset(CommandContext context, Slice argument) throws CommandException {
        return checked(context, parse(argument));
    }

    /** Reads an argument as the number of a bit, or as {@code #n}, the n-th field of a width. */
    static long fieldOffset(CommandContext context, Slice argument, int width) throws CommandException {
        if (argument.length() == 0 || argument.byteAt(0) != '#') {
            return offset(context, argument);
        }
        Slice index = new Slice().wrap(argument.array(), argument.offset() + 1, argument.length() - 1);
        long field = parse(index);
        if (field > Long.MAX_VALUE / width) {
            throw badOffset();
        }
        return checked(context, field * width);
    }

    private static long parse(Slice argument) throws CommandException {
        try {
            return Numbers.integer(argument);
        } catch (CommandException notANumber) {
            throw badOffset();
        }
    }

    private static long checked(CommandContext context, long offset) throws CommandException {
        if (offset < 0 || offset >> 3 >= context.maxValueBytes()) {
            throw badOffset();
        }
        return offset;
    }

    private static CommandException badOffset() {
        return new CommandException("ERR bit offset is not an integer or out of range");
    }

    /** How far up in its byte a bit is. */
    static int shift(long offset) {
        return 7 - (int) (offset & 7);
    }

    /** Whether an argument says that indexes count bits, not bytes. */
    static boolean unitIsBit(Args args, int index) throws CommandException {
        if (args.is(index, "BIT")) {
            return true;
        }
        if (args.is(index, "BYTE")) {
            return false;
        }
        throw Errors.syntax();
    }

    /** How many bits are set from one on to before another. */
    static long count(Slice value, long from, long to) {
        long count = 0;
        long at = from;
        while (at < to) {
            int bits = (int) Math.min(to - at, Long.SIZE);
            count += Long.bitCount(read(value, at, bits));
            at += bits;
        }
        return count;
    }

    /** The first bit of a kind from one on to before another; -1 if there is none. */
    static long find(Slice value, boolean bit, long from, long to) {
        long at = from;
        while (at < to) {
            int bits = (int) Math.min(to - at, Long.SIZE);
            long field = read(value, at, bits) << (Long.SIZE - bits);
            int before = Long.numberOfLeadingZeros(bit ? field : ~field);
            if (before < bits) {
                return at + before;
            }
            at += bits;
        }
        return -1;
    }

    /** Some bits, 1 to 64, as the lowest of a number; those beyond the end are zero. */
    static long read(Slice value, long offset, int bits) {
        int at = (int) (offset >> 3);
        int skipped = (int) (offset & 7);
        if (at + 9 <= value.length()) {
            long high = (long) LONG.get(value.array(), value.offset() + at) << skipped;
            int low = (value.byteAt(at + 8) & 0xff) >> (8 - skipped);
            return (high | low) >>> (Long.SIZE - bits);
        }
        long field = 0;
        for (int left = bits; left > 0; at++, skipped = 0) {
            int taken = Math.min(8 - skipped, left);
            int b = at < value.length() ? value.byteAt(at) & 0xff : 0;
            field = (field << taken) | ((b >> (8 - skipped - taken)) & ((1 << taken) - 1));
            left -= taken;
        }
        return field;
    }

    /** Changes some bits, 1 to 64, to the lowest of a number. */
    static void write(Slice value, long offset, int bits, long field) {
        int at = value.offset() + (int) (offset >> 3);
        int skipped = (int) (offset & 7);
        for (int left = bits; left > 0; at++, skipped = 0) {
            int taken = Math.min(8 - skipped, left);
            int shift = 8 - skipped - taken;
            int mask = (1 << taken) - 1;
            left -= taken;
            int part = (int) (field >>> left) & mask;
            value.array()[at] = (byte) ((value.array()[at] & ~(mask << shift)) | (part << shift));
        }
    }
}

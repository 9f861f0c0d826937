package io.miniredis.api;

/** Numbers as Redis reads and writes them. The one place where digits become numbers; allocates nothing for integers. */
public final class Numbers {
    /** The most bytes that {@link #format} writes: a sign and nineteen digits. */
    public static final int MAX_DIGITS = 20;

    private Numbers() {}

    /**
     * Reads a signed 64-bit decimal number in Redis's strict form: no blanks, no plus, no leading zeros, no minus zero.
     *
     * @param digits the bytes
     * @return the number
     * @throws CommandException {@code ERR value is not an integer or out of range}
     */
    public static long integer(Slice digits) throws CommandException {
        byte[] array = digits.array();
        int at = digits.offset();
        int end = at + digits.length();
        if (at == end || digits.length() > MAX_DIGITS) {
            throw Errors.notAnInteger();
        }
        boolean negative = array[at] == '-';
        if (negative) {
            at++;
        }
        if (at == end) {
            throw Errors.notAnInteger();
        }
        if (array[at] == '0') {
            if (negative || at + 1 != end) {
                throw Errors.notAnInteger();
            }
            return 0;
        }
        return accumulate(array, at, end, negative);
    }

    /** Counts downwards, because the negative range is larger by one. */
    private static long accumulate(byte[] array, int from, int end, boolean negative) throws CommandException {
        long value = 0;
        for (int at = from; at < end; at++) {
            int digit = array[at] - '0';
            if (digit < 0 || digit > 9 || value < Long.MIN_VALUE / 10) {
                throw Errors.notAnInteger();
            }
            value = value * 10 - digit;
            if (value > 0) {
                throw Errors.notAnInteger();
            }
        }
        if (negative) {
            return value;
        }
        if (value == Long.MIN_VALUE) {
            throw Errors.notAnInteger();
        }
        return -value;
    }

    /**
     * Whether the bytes are what {@link #integer} reads.
     *
     * @param digits the bytes
     * @return true if they are a 64-bit number in strict form
     */
    public static boolean isInteger(Slice digits) {
        try {
            integer(digits);
            return true;
        } catch (CommandException notOne) {
            return false;
        }
    }

    /**
     * Reads a double: decimal or exponent notation, {@code inf}, {@code +inf}, {@code -inf}, {@code infinity} in any case.
     *
     * @param digits the bytes
     * @return the number, never NaN
     * @throws CommandException {@code ERR value is not a valid float}
     */
    public static double real(Slice digits) throws CommandException {
        int length = digits.length();
        if (length == 0 || length > 5 * 1024) {
            throw Errors.notAFloat();
        }
        String text = digits.toString();
        String unsigned = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        if (unsigned.equalsIgnoreCase("inf") || unsigned.equalsIgnoreCase("infinity")) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        for (int i = 0; i < unsigned.length(); i++) {
            char c = unsigned.charAt(i);
            boolean numeric = (c >= '0' && c <= '9') || c == '.' || c == 'e' || c == 'E' || c == '-' || c == '+';
            if (!numeric) {
                throw Errors.notAFloat();
            }
        }
        try {
            double value = Double.parseDouble(text);
            if (Double.isInfinite(value)) {
                throw Errors.notAFloat();
            }
            return value;
        } catch (NumberFormatException e) {
            throw Errors.notAFloat();
        }
    }

    /**
     * How many bytes {@link #format} will write.
     *
     * @param value the number
     * @return 1 to {@link #MAX_DIGITS}
     */
    public static int digits(long value) {
        int sign = value < 0 ? 1 : 0;
        // Negated towards the larger side, so that Long.MIN_VALUE needs no case of its own.
        long rest = value < 0 ? value : -value;
        int count = 1;
        long bound = -10;
        while (count < 19 && rest <= bound) {
            count++;
            bound *= 10;
        }
        return count + sign;
    }

    /**
     * Writes a number's decimal digits.
     *
     * @param value the number
     * @param target where to
     * @param at the first index written
     * @return how many bytes were written
     */
    public static int format(long value, byte[] target, int at) {
        int length = digits(value);
        int index = at + length;
        long rest = value < 0 ? value : -value;
        while (rest <= -10) {
            long next = rest / 10;
            target[--index] = (byte) ('0' + (next * 10 - rest));
            rest = next;
        }
        target[--index] = (byte) ('0' - rest);
        if (value < 0) {
            target[at] = '-';
        }
        return length;
    }
}

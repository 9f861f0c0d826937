package io.miniredis.api;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A floating-point number with the 64 bits of precision of C's {@code long double} on x86-64, in which Redis adds numbers that have
 * a fraction. Java has no such type; here it is 64 bits and a power of two. So sums come out digit for digit as Redis's. Immutable.
 * To read two usual numbers, add them, and print the sum costs a quarter of a microsecond; some microseconds if they have more than 18
 * digits or an exponent, or are very large or very small, as they are computed with {@link BigDecimal} then.
 */
public final class LongDouble {
    private static final int PRECISION_BITS = 64;
    private static final int MAX_EXPONENT = 16383;
    /** The exponent of the smallest number's only bit. */
    private static final int MIN_EXPONENT = -16445;

    private static final int INFINITE = Integer.MAX_VALUE;

    /** Zero. Any exponent would do; with this one it is a number like others of a few digits. */
    public static final LongDouble ZERO = new LongDouble(false, 0, -1);

    private static final LongDouble POSITIVE_INFINITY = new LongDouble(false, 0, INFINITE);
    private static final LongDouble NEGATIVE_INFINITY = new LongDouble(true, 0, INFINITE);

    private static final int MAX_LENGTH = 5 * 1024 - 1;
    private static final int FRACTION_DIGITS = 17;

    /** Numbers with a decimal exponent beyond these are infinite or zero; so nobody can ask for a billion digits. */
    private static final int MAX_DECIMAL_EXPONENT = 4940;

    private static final int MIN_DECIMAL_EXPONENT = -4960;

    /** As many digits fit into a long. */
    private static final int SHORT_DIGITS = 18;

    private static final long[] POWERS_OF_TEN = new long[SHORT_DIGITS + 1];

    static {
        POWERS_OF_TEN[0] = 1;
        for (int i = 1; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
        }
    }

    /** Between this and its opposite, sums are neither too large nor too close to zero to have all their bits. */
    private static final int MODERATE_EXPONENT = 16000;

    private static final long LOW_HALF = 0xffff_ffffL;

    private final boolean negative;

    /** Unsigned; the first bit is set, unless the number is zero, infinite, or too close to zero for that. */
    private final long mantissa;

    /** The number is the mantissa times two to the power of this. */
    private final int exponent;

    private LongDouble(boolean negative, long mantissa, int exponent) {
        this.negative = negative;
        this.mantissa = mantissa;
        this.exponent = exponent;
    }

    /**
     * Reads a number as C's {@code strtold} does: decimal, with or without an exponent; hexadecimal, {@code 0x1.8p3};
     * {@code inf} and {@code infinity}, in any case.
     *
     * @param text the bytes
     * @return the nearest number
     * @throws CommandException {@code ERR value is not a valid float}; so are numbers too large, or too close to zero, to be held
     */
    public static LongDouble parse(Slice text) throws CommandException {
        if (text.length() == 0 || text.length() > MAX_LENGTH) {
            throw Errors.notAFloat();
        }
        LongDouble number = parseShort(text.array(), text.offset(), text.offset() + text.length());
        return number != null ? number : parseAny(text.toString().toLowerCase(Locale.ROOT));
    }

    /** Reads a number of a few digits. Null if it is something else, or not a number. */
    private static LongDouble parseShort(byte[] text, int from, int end) {
        int at = from;
        boolean negative = text[at] == '-';
        if (negative || text[at] == '+') {
            at++;
        }
        if (end - at > SHORT_DIGITS + 1) {
            return null;
        }
        long number = 0;
        int digits = 0;
        int point = -1;
        for (; at < end; at++) {
            int digit = text[at] - '0';
            if (digit >= 0 && digit <= 9) {
                number = number * 10 + digit;
                digits++;
            } else if (text[at] == '.' && point < 0) {
                point = at;
            } else {
                return null;
            }
        }
        if (digits == 0 || digits > SHORT_DIGITS) {
            return null;
        }
        return quotient(negative, number, POWERS_OF_TEN[point < 0 ? 0 : end - point - 1]);
    }

    /** The nearest number to the quotient of two that are not negative. */
    private static LongDouble quotient(boolean negative, long dividend, long divisor) {
        if (dividend == 0) {
            return ZERO;
        }
        int dividendShift = Long.numberOfLeadingZeros(dividend);
        int divisorShift = Long.numberOfLeadingZeros(divisor);
        long by = divisor << divisorShift;
        // With 64 zeros behind it; so many that the quotient has 64 bits.
        long high = dividend << dividendShift;
        long low = 0;
        int exponent = divisorShift - dividendShift - PRECISION_BITS;
        if (Long.compareUnsigned(high, by) >= 0) {
            low = high << (PRECISION_BITS - 1);
            high >>>= 1;
            exponent++;
        }
        long first = digit(high, low >>> Integer.SIZE, by);
        long rest = (high << Integer.SIZE) + (low >>> Integer.SIZE) - first * by;
        long second = digit(rest, low & LOW_HALF, by);
        rest = (rest << Integer.SIZE) + (low & LOW_HALF) - second * by;
        long mantissa = (first << Integer.SIZE) | second;
        int half = Long.compareUnsigned(rest, by - rest);
        return rounded(negative, mantissa, exponent, half > 0 || (half == 0 && (mantissa & 1) != 0));
    }

    /** The next 32 bits of a quotient (long division with digits of 32 bits: Knuth, The Art of Computer Programming 2, 4.3.1, D). */
    private static long digit(long rest, long next, long divisor) {
        long divisorHigh = divisor >>> Integer.SIZE;
        long divisorLow = divisor & LOW_HALF;
        long digit = Long.divideUnsigned(rest, divisorHigh);
        long over = rest - digit * divisorHigh;
        while (digit > LOW_HALF || Long.compareUnsigned(digit * divisorLow, (over << Integer.SIZE) | next) > 0) {
            digit--;
            over += divisorHigh;
            if (over > LOW_HALF) {
                break;
            }
        }
        return digit;
    }

    private static LongDouble rounded(boolean negative, long mantissa, int exponent, boolean up) {
        if (up && mantissa == -1) {
            return new LongDouble(negative, Long.MIN_VALUE, exponent + 1);
        }
        return new LongDouble(negative, up ? mantissa + 1 : mantissa, exponent);
    }

    private static LongDouble parseAny(String lower) throws CommandException {
        boolean negative = lower.startsWith("-");
        String unsigned = negative || lower.startsWith("+") ? lower.substring(1) : lower;
        if (unsigned.equals("inf") || unsigned.equals("infinity")) {
            return negative ? NEGATIVE_INFINITY : POSITIVE_INFINITY;
        }
        BigDecimal exact = unsigned.startsWith("0x") ? hexadecimal(unsigned.substring(2)) : decimal(unsigned);
        LongDouble rounded = rounded(negative ? exact.negate() : exact);
        boolean lost = !rounded.isFinite() || (rounded.mantissa == 0 && exact.signum() != 0);
        if (lost) {
            throw Errors.notAFloat();
        }
        return rounded;
    }

    private static BigDecimal decimal(String unsigned) throws CommandException {
        int exponentAt = unsigned.indexOf('e');
        String digits = exponentAt < 0 ? unsigned : unsigned.substring(0, exponentAt);
        long exponent = exponentAt < 0 ? 0 : exponent(unsigned.substring(exponentAt + 1));
        int point = digits.indexOf('.');
        String whole = point < 0 ? digits : digits.substring(0, point);
        String fraction = point < 0 ? "" : digits.substring(point + 1);
        BigInteger number = number(whole + fraction, 10);
        if (number.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal unscaled = new BigDecimal(number, fraction.length());
        long magnitude = exponent + unscaled.precision() - unscaled.scale();
        if (magnitude > MAX_DECIMAL_EXPONENT || magnitude < MIN_DECIMAL_EXPONENT) {
            throw Errors.notAFloat();
        }
        return unscaled.scaleByPowerOfTen((int) exponent);
    }

    private static BigDecimal hexadecimal(String unsigned) throws CommandException {
        int exponentAt = unsigned.indexOf('p');
        String digits = exponentAt < 0 ? unsigned : unsigned.substring(0, exponentAt);
        long exponent = exponentAt < 0 ? 0 : exponent(unsigned.substring(exponentAt + 1));
        int point = digits.indexOf('.');
        String whole = point < 0 ? digits : digits.substring(0, point);
        String fraction = point < 0 ? "" : digits.substring(point + 1);
        BigInteger number = number(whole + fraction, 16);
        if (number.signum() == 0) {
            return BigDecimal.ZERO;
        }
        long scale = exponent - 4L * fraction.length();
        long magnitude = scale + number.bitLength();
        if (magnitude > MAX_EXPONENT + 2 || magnitude < MIN_EXPONENT - 2) {
            throw Errors.notAFloat();
        }
        return timesPowerOfTwo(number, (int) scale);
    }

    private static BigInteger number(String digits, int radix) throws CommandException {
        if (digits.isEmpty()) {
            throw Errors.notAFloat();
        }
        for (int i = 0; i < digits.length(); i++) {
            if (Character.digit(digits.charAt(i), radix) < 0 || digits.charAt(i) > 'f') {
                throw Errors.notAFloat();
            }
        }
        return new BigInteger(digits, radix);
    }

    /** Very large ones are as good as any other that is too large. */
    private static long exponent(String text) throws CommandException {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        BigInteger magnitude = number(signed ? text.substring(1) : text, 10);
        long exponent = magnitude.bitLength() > 30 ? 1 << 30 : magnitude.intValue();
        return text.startsWith("-") ? -exponent : exponent;
    }

    private static BigDecimal timesPowerOfTwo(BigInteger number, int exponent) {
        if (exponent >= 0) {
            return new BigDecimal(number.shiftLeft(exponent));
        }
        // 2^-n is 5^n / 10^n
        return new BigDecimal(number.multiply(BigInteger.valueOf(5).pow(-exponent)), -exponent);
    }

    /** The nearest number that can be held; of two as near, the one whose last bit is 0. */
    private static LongDouble rounded(BigDecimal exact) {
        if (exact.signum() == 0) {
            return ZERO;
        }
        BigInteger numerator = exact.unscaledValue().abs();
        BigInteger denominator = BigInteger.ONE;
        if (exact.scale() > 0) {
            denominator = BigInteger.TEN.pow(exact.scale());
        } else {
            numerator = numerator.multiply(BigInteger.TEN.pow(-exact.scale()));
        }
        // One more than this may be needed, when the rounding shows that the quotient has one bit more.
        int exponent = Math.max(numerator.bitLength() - denominator.bitLength() - PRECISION_BITS, MIN_EXPONENT);
        BigInteger mantissa = divide(numerator, denominator, exponent);
        if (mantissa.bitLength() > PRECISION_BITS) {
            mantissa = divide(numerator, denominator, ++exponent);
        }
        if (mantissa.bitLength() + exponent > MAX_EXPONENT + 1) {
            return exact.signum() < 0 ? NEGATIVE_INFINITY : POSITIVE_INFINITY;
        }
        int shift = Math.min(PRECISION_BITS - mantissa.bitLength(), exponent - MIN_EXPONENT);
        return mantissa.signum() == 0
                ? ZERO
                : new LongDouble(exact.signum() < 0, mantissa.longValue() << shift, exponent - shift);
    }

    private BigDecimal exact() {
        BigInteger unsigned = new BigInteger(Long.toUnsignedString(mantissa));
        return timesPowerOfTwo(negative ? unsigned.negate() : unsigned, exponent);
    }

    /** The quotient in units of a power of two, rounded to the nearest, halves to the even. */
    private static BigInteger divide(BigInteger numerator, BigInteger denominator, int exponent) {
        BigInteger scaledNumerator = exponent < 0 ? numerator.shiftLeft(-exponent) : numerator;
        BigInteger scaledDenominator = exponent > 0 ? denominator.shiftLeft(exponent) : denominator;
        BigInteger[] parts = scaledNumerator.divideAndRemainder(scaledDenominator);
        int half = parts[1].shiftLeft(1).compareTo(scaledDenominator);
        boolean up = half > 0 || (half == 0 && parts[0].testBit(0));
        return up ? parts[0].add(BigInteger.ONE) : parts[0];
    }

    /**
     * Adds, and rounds to what can be held.
     *
     * @param other another number
     * @return the sum; of an infinite number, something infinite
     */
    public LongDouble plus(LongDouble other) {
        if (!isFinite() || !other.isFinite()) {
            return isFinite() ? other : this;
        }
        if (mantissa == 0 || other.mantissa == 0) {
            return mantissa == 0 ? other : this;
        }
        if (isModerate() && other.isModerate()) {
            return exponent >= other.exponent ? sum(this, other) : sum(other, this);
        }
        return rounded(exact().add(other.exact()));
    }

    private boolean isModerate() {
        return exponent > -MODERATE_EXPONENT && exponent < MODERATE_EXPONENT;
    }

    /** The sum of two moderate numbers, of which the second one's exponent is not larger. */
    private static LongDouble sum(LongDouble first, LongDouble second) {
        int shift = first.exponent - second.exponent;
        if (shift > PRECISION_BITS + 1) {
            return first; // the other is less than a quarter of its last bit
        }
        // The second one as a multiple of the first one's last bit: what is whole, and 64 bits of a fraction.
        long whole = shift < PRECISION_BITS ? second.mantissa >>> shift : 0;
        long fraction = 0;
        if (shift > PRECISION_BITS) {
            fraction = (second.mantissa >>> 1) | (second.mantissa & 1); // the last bit says that there are more
        } else if (shift > 0) {
            fraction = second.mantissa << (PRECISION_BITS - shift);
        }
        return first.negative == second.negative ? added(first, whole, fraction) : subtracted(first, whole, fraction);
    }

    private static LongDouble added(LongDouble first, long whole, long fraction) {
        long high = first.mantissa + whole;
        boolean carries = Long.compareUnsigned(high, whole) < 0;
        if (!carries) {
            return rounded(first.negative, high, fraction, first.exponent);
        }
        long low = (high << (PRECISION_BITS - 1)) | (fraction >>> 1) | (fraction & 1);
        return rounded(first.negative, Long.MIN_VALUE | (high >>> 1), low, first.exponent + 1);
    }

    private static LongDouble subtracted(LongDouble first, long whole, long fraction) {
        boolean isLess = Long.compareUnsigned(first.mantissa, whole) < 0; // and then there is no fraction
        long high = isLess ? whole - first.mantissa : first.mantissa - whole - (fraction == 0 ? 0 : 1);
        long low = -fraction;
        if (high == 0) {
            // Of such a difference all bits are here, as the numbers are so close.
            if (low == 0) {
                return ZERO;
            }
            int zeros = Long.numberOfLeadingZeros(low);
            return new LongDouble(first.negative, low << zeros, first.exponent - PRECISION_BITS - zeros);
        }
        int zeros = Long.numberOfLeadingZeros(high);
        if (zeros > 0) {
            high = (high << zeros) | (low >>> (PRECISION_BITS - zeros));
            low <<= zeros;
        }
        return rounded(first.negative != isLess, high, low, first.exponent - zeros);
    }

    /** Rounds to the nearest, halves to the even. */
    private static LongDouble rounded(boolean negative, long mantissa, long fraction, int exponent) {
        return rounded(negative, mantissa, exponent, isRoundedUp(mantissa, fraction));
    }

    /** Whether a number with a fraction is rounded up, halves to the even. */
    private static boolean isRoundedUp(long whole, long fraction) {
        return fraction < 0 && (fraction != Long.MIN_VALUE || (whole & 1) != 0);
    }

    /**
     * A thousand times the number, rounded up to a whole one: seconds as milliseconds, as Redis converts them.
     *
     * @return the number; {@link Long#MIN_VALUE} if it does not fit
     */
    public long ceilingOfThousandfold() {
        if (!isFinite()) {
            return Long.MIN_VALUE;
        }
        long whole = exponent < 0 && exponent > -PRECISION_BITS ? mantissa >>> -exponent : Long.MAX_VALUE;
        if (whole <= Long.MAX_VALUE / 1000 && whole << -exponent == mantissa) {
            return negative ? whole * -1000 : whole * 1000;
        }
        LongDouble thousandfold = rounded(exact().movePointRight(3));
        if (!thousandfold.isFinite()) {
            return Long.MIN_VALUE;
        }
        BigInteger ceiling =
                thousandfold.exact().setScale(0, RoundingMode.CEILING).toBigInteger();
        return ceiling.bitLength() < Long.SIZE ? ceiling.longValue() : Long.MIN_VALUE;
    }

    /**
     * Whether the number is a finite one.
     *
     * @return false for an infinite one
     */
    public boolean isFinite() {
        return exponent != INFINITE;
    }

    /**
     * The number as Redis prints it: plain digits, at most 17 of them after the point, no zeros at the end.
     *
     * @return decimal digits in ASCII; {@code inf} or {@code -inf}
     */
    public byte[] toBytes() {
        if (exponent < 0 && exponent > -2 * PRECISION_BITS) {
            return shortBytes();
        }
        return toLongString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The digits of a number that has less than 64 bits before the point and 128 after it. */
    private byte[] shortBytes() {
        int places = -exponent;
        long whole = places < PRECISION_BITS ? mantissa >>> places : 0;
        long numerator = places < PRECISION_BITS ? mantissa & ((1L << places) - 1) : mantissa;
        // The fraction times 10^17: 128 bits, of which those after the point are cut off and rounded.
        long scale = POWERS_OF_TEN[FRACTION_DIGITS];
        long high = Math.multiplyHigh(numerator, scale) + (numerator < 0 ? scale : 0);
        long low = numerator * scale;
        long fraction;
        long rest;
        if (places < PRECISION_BITS) {
            fraction = (high << (PRECISION_BITS - places)) | (low >>> places);
            rest = low << (PRECISION_BITS - places);
        } else if (places == PRECISION_BITS) {
            fraction = high;
            rest = low;
        } else {
            fraction = high >>> (places - PRECISION_BITS);
            rest = (high << (2 * PRECISION_BITS - places)) | (low == 0 ? 0 : 1);
        }
        if (isRoundedUp(fraction, rest)) {
            fraction++;
            if (fraction == scale) {
                fraction = 0;
                whole++;
            }
        }
        return print(whole, fraction);
    }

    /** Prints a number of so many whole ones and 10^-17ths. */
    private byte[] print(long whole, long fraction) {
        int decimals = fraction == 0 ? 0 : FRACTION_DIGITS;
        long digits = fraction;
        while (decimals > 0 && digits % 10 == 0) {
            digits /= 10;
            decimals--;
        }
        int sign = negative && (whole != 0 || decimals > 0) ? 1 : 0;
        int point = sign + Numbers.digits(whole);
        byte[] text = new byte[decimals == 0 ? point : point + 1 + decimals];
        Numbers.format(whole, text, sign);
        if (sign == 1) {
            text[0] = '-';
        }
        if (decimals > 0) {
            text[point] = '.';
        }
        for (int i = text.length - 1; i > point; i--) {
            text[i] = (byte) ('0' + digits % 10);
            digits /= 10;
        }
        return text;
    }

    private String toLongString() {
        if (!isFinite()) {
            return negative ? "-inf" : "inf";
        }
        BigDecimal shown = exact().setScale(FRACTION_DIGITS, RoundingMode.HALF_EVEN);
        return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
    }

    /**
     * The number as {@link #toBytes} writes it.
     *
     * @return decimal digits; {@code inf} or {@code -inf}
     */
    @Override
    public String toString() {
        return new String(toBytes(), StandardCharsets.US_ASCII);
    }
}

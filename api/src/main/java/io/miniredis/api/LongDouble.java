package io.miniredis.api;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * A floating-point number with the 64 bits of precision of C's {@code long double} on x86-64, in which Redis adds numbers that have
 * a fraction. Java has no such type; here it is a {@link BigDecimal} that is rounded to what such a number can hold. So sums
 * come out digit for digit as Redis's. Immutable. Reading, adding and printing cost about a microsecond each.
 */
public final class LongDouble {
    /** Zero. */
    public static final LongDouble ZERO = new LongDouble(BigDecimal.ZERO);

    private static final LongDouble POSITIVE_INFINITY = new LongDouble(null);
    private static final LongDouble NEGATIVE_INFINITY = new LongDouble(null);

    private static final int PRECISION_BITS = 64;
    private static final int MAX_EXPONENT = 16383;
    /** The exponent of the smallest number's only bit. */
    private static final int MIN_EXPONENT = -16445;

    private static final int MAX_LENGTH = 5 * 1024 - 1;
    private static final int FRACTION_DIGITS = 17;

    /** Numbers with a decimal exponent beyond these are infinite or zero; so nobody can ask for a billion digits. */
    private static final int MAX_DECIMAL_EXPONENT = 4940;

    private static final int MIN_DECIMAL_EXPONENT = -4960;

    /** Null if infinite. */
    private final BigDecimal value;

    private LongDouble(BigDecimal value) {
        this.value = value;
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
        String lower = text.toString().toLowerCase(Locale.ROOT);
        boolean negative = lower.startsWith("-");
        String unsigned = negative || lower.startsWith("+") ? lower.substring(1) : lower;
        if (unsigned.equals("inf") || unsigned.equals("infinity")) {
            return negative ? NEGATIVE_INFINITY : POSITIVE_INFINITY;
        }
        BigDecimal exact = unsigned.startsWith("0x") ? hexadecimal(unsigned.substring(2)) : decimal(unsigned);
        LongDouble rounded = rounded(exact);
        boolean lost = rounded.value == null || (rounded.value.signum() == 0 && exact.signum() != 0);
        if (lost) {
            throw Errors.notAFloat();
        }
        return negative ? new LongDouble(rounded.value.negate()) : rounded;
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
        BigDecimal value = timesPowerOfTwo(mantissa, exponent);
        return new LongDouble(exact.signum() < 0 ? value.negate() : value);
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
        if (value == null) {
            return this;
        }
        return other.value == null ? other : rounded(value.add(other.value));
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
        BigDecimal thousandfold = rounded(value.movePointRight(3)).value;
        if (thousandfold == null) {
            return Long.MIN_VALUE;
        }
        BigInteger ceiling = thousandfold.setScale(0, RoundingMode.CEILING).toBigInteger();
        return ceiling.bitLength() < Long.SIZE ? ceiling.longValue() : Long.MIN_VALUE;
    }

    /**
     * Whether the number is a finite one.
     *
     * @return false for an infinite one
     */
    public boolean isFinite() {
        return value != null;
    }

    /**
     * The number as Redis prints it: plain digits, at most 17 of them after the point, no zeros at the end.
     *
     * @return decimal digits; {@code inf} or {@code -inf}
     */
    @Override
    public String toString() {
        if (value == null) {
            return this == NEGATIVE_INFINITY ? "-inf" : "inf";
        }
        BigDecimal shown = value.setScale(FRACTION_DIGITS, RoundingMode.HALF_EVEN);
        return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
    }
}

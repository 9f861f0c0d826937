package io.miniredis.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of 64 bits precision. What is expected was printed by Redis 7.0. */
final class LongDoubleTest {
    private static LongDouble parse(String text) throws CommandException {
        return LongDouble.parse(new Slice(text.getBytes(ISO_8859_1)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "-0.0, 0",
        "-.5, -0.5",
        "1, 1",
        "+1, 1",
        "1., 1",
        ".5, 0.5",
        "10.50, 10.5",
        "5.0e3, 5000",
        "1E-2, 0.01",
        "0.1, 0.1",
        "0x10, 16",
        "0x1.8p3, 12",
        "-0x.8P1, -1",
        "1e-30, 0",
        "-1e-30, 0",
        "3.00000000000000000000001, 3",
        "9223372036854775807, 9223372036854775807",
        "18446744073709551616, 18446744073709551616",
        "18446744073709551617, 18446744073709551616",
        "36893488147419103235, 36893488147419103236",
        "0.333333333333333333333333333, 0.33333333333333333"
    })
    void printsWhatWasRead(String text, String printed) throws CommandException {
        assertEquals(printed, parse(text).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.2, 0.3",
        "3.0e3, 200, 3200",
        "1, -1, 0",
        "1e17, 0.5, 100000000000000000.5",
        "9223372036854775807, 1, 9223372036854775808",
        "18446744073709551615, 2, 18446744073709551616",
        "0.1, -0.1, 0",
        "-0.5, 0, -0.5",
        "0, 2.25, 2.25",
        "1e-4940, 1e-4940, 0",
        "0.99999999999999999, 0.00000000000000001, 1",
        "99999999999999.99, 0.01, 100000000000000"
    })
    void addsAndRounds(String first, String second, String sum) throws CommandException {
        assertEquals(sum, parse(first).plus(parse(second)).toString());
    }

    /** With an exponent numbers are read another way, by the library's exact arithmetic. */
    private static LongDouble parseExactly(String text) throws CommandException {
        return parse(text + "e0");
    }

    private static String randomDigits(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
        int digits = 1 + random.nextInt(18);
        int point = random.nextInt(digits + 1);
        for (int i = 0; i < digits; i++) {
            text.append(i == point ? "." : "").append(random.nextInt(10));
        }
        return text.toString();
    }

    @Test
    void readsFewDigitsAsExactlyAsMany() throws CommandException {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            String text = randomDigits(random);
            LongDouble number = parse(text);
            assertEquals(parseExactly(text).toString(), number.toString(), text);
            // Fewer digits are printed than there are bits: anything above nothing would be rounded up.
            String opposite = text.startsWith("-") ? text.substring(1) : "-" + text;
            assertEquals(0, number.plus(parseExactly(opposite)).ceilingOfThousandfold(), text);
            assertEquals(0, parse(opposite).plus(parseExactly(text)).ceilingOfThousandfold(), text);
        }
    }

    @Test
    void sumsAreTheNearestNumbers() throws CommandException {
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            BigDecimal first = randomBits(random);
            BigDecimal second = random.nextInt(4) == 0 ? nearTo(first, random) : randomBits(random);
            LongDouble sum = parse(first.toPlainString()).plus(parse(second.toPlainString()));
            String exact = first.add(second).toPlainString();
            assertEquals(parseExactly(exact).toString(), sum.toString(), first + " + " + second);
        }
    }

    /** A number that can be held, and of which all digits are printed. */
    private static BigDecimal randomBits(Random random) {
        long bits = random.nextLong() >> random.nextInt(63);
        return new BigDecimal(bits).divide(new BigDecimal(1L << random.nextInt(18)));
    }

    private static BigDecimal nearTo(BigDecimal number, Random random) {
        BigDecimal unit = BigDecimal.ONE.divide(new BigDecimal(1L << random.nextInt(3)));
        return number.negate().setScale(0, RoundingMode.DOWN).add(unit);
    }

    @Test
    void printsAllThatIsNotRoundedAway() throws CommandException {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            // All of these can be held; the last digits that are printed may be halves.
            int places = random.nextInt(63);
            BigDecimal number =
                    new BigDecimal(random.nextLong() >> random.nextInt(63)).divide(new BigDecimal(1L << places));
            BigDecimal shown = number.setScale(17, RoundingMode.HALF_EVEN);
            String expected =
                    shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
            assertEquals(expected, parseExactly(number.toPlainString()).toString());
        }
    }

    @Test
    void secondsBecomeMilliseconds() throws CommandException {
        assertEquals(0, parse("0").ceilingOfThousandfold());
        assertEquals(5_000, parse("5").ceilingOfThousandfold());
        assertEquals(-5_000, parse("-5").ceilingOfThousandfold());
        assertEquals(100, parse("0.1").ceilingOfThousandfold());
        assertEquals(1, parse("0.0000001").ceilingOfThousandfold());
        assertEquals(9_223_372_036_854_775_000L, parse("9223372036854775").ceilingOfThousandfold());
        assertEquals(Long.MIN_VALUE, parse("9223372036854776").ceilingOfThousandfold());
        assertEquals(Long.MIN_VALUE, parse("1e30").ceilingOfThousandfold());
        assertEquals(Long.MIN_VALUE, parse("inf").ceilingOfThousandfold());
    }

    @Test
    void theLargestIsAsLargeAsInC() throws CommandException {
        assertEquals(4933, parse("1.18973149535723176502e4932").toString().length());
        assertFalse(parse("1e4932").plus(parse("1e4932")).isFinite());
        assertThrows(CommandException.class, () -> parse("1.18973149535723176509e4932"));
    }

    @Test
    void theSmallestIsAsSmallAsInC() throws CommandException {
        assertEquals("0", parse("3.6e-4951").toString());
        assertThrows(CommandException.class, () -> parse("1e-4952"));
    }

    @Test
    void infinityStaysInfinite() throws CommandException {
        assertFalse(parse("inf").isFinite());
        assertFalse(parse("-Infinity").plus(parse("1")).isFinite());
        assertFalse(parse("1").plus(parse("+INF")).isFinite());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 1",
                "1 ",
                "nan",
                "1e",
                "e1",
                ".",
                "-",
                "--1",
                "0x",
                "0xg",
                "1_0",
                "1e5000",
                "1e-5000",
                "1e99999999999999",
                "abc",
                "1.2.3",
                "1e1.5",
                "\u0661"
            })
    void whatIsNoNumberIsRefused(String text) {
        var refusal = assertThrows(CommandException.class, () -> parse(text));
        assertEquals("ERR value is not a valid float", refusal.getMessage());
    }

    @Test
    void aLongNumberIsRefused() throws CommandException {
        assertEquals("1", parse("1." + "0".repeat(5117)).toString());
        assertThrows(CommandException.class, () -> parse("1." + "0".repeat(5118)));
    }
}

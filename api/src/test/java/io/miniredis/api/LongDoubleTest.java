package io.miniredis.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
        "0.1, -0.1, 0"
    })
    void addsAndRounds(String first, String second, String sum) throws CommandException {
        assertEquals(sum, parse(first).plus(parse(second)).toString());
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

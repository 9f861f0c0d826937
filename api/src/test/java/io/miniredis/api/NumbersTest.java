package io.miniredis.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Digits become numbers, and numbers digits, as in Redis. */
final class NumbersTest {

    private static Slice slice(String text) {
        return new Slice(text.getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 9, 10, -10, 99, 100, 12345, Long.MAX_VALUE, Long.MIN_VALUE, 999999999999999999L})
    void whatIsFormattedReadsBack(long value) throws CommandException {
        byte[] digits = new byte[Numbers.MAX_DIGITS + 1];
        int length = Numbers.format(value, digits, 1);
        assertEquals(Long.toString(value), new String(digits, 1, length, ISO_8859_1));
        assertEquals(length, Numbers.digits(value));
        assertEquals(value, Numbers.integer(new Slice().wrap(digits, 1, length)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+1",
                " 1",
                "1 ",
                "01",
                "-0",
                "00",
                "1.0",
                "1e3",
                "abc",
                "9223372036854775808",
                "-9223372036854775809",
                "99999999999999999999",
                "123456789012345678901"
            })
    void refusesWhatIsNoInteger(String text) {
        CommandException e = assertThrows(CommandException.class, () -> Numbers.integer(slice(text)));
        assertEquals("ERR value is not an integer or out of range", e.getMessage());
    }

    @Test
    void readsDoubles() throws CommandException {
        assertEquals(1.5, Numbers.real(slice("1.5")));
        assertEquals(-2000, Numbers.real(slice("-2e3")));
        assertEquals(Double.NEGATIVE_INFINITY, Numbers.real(slice("-inf")));
        assertEquals(Double.POSITIVE_INFINITY, Numbers.real(slice("+Infinity")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nan", "1d", "1f", "0x10", " 1", "1e999", "--1", "abc"})
    void refusesWhatIsNoDouble(String text) {
        CommandException e = assertThrows(CommandException.class, () -> Numbers.real(slice(text)));
        assertEquals("ERR value is not a valid float", e.getMessage());
    }
}

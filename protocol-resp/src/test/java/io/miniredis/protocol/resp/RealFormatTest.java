package io.miniredis.protocol.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts are those that {@code printf("%.17g")} gives. */
final class RealFormatTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, -0",
        "1, 1",
        "-17, -17",
        "1.5, 1.5",
        "3.1, 3.1000000000000001",
        "0.1, 0.10000000000000001",
        "100, 100",
        "1e15, 1000000000000000",
        "12345678901234567, 12345678901234568",
        "1e16, 10000000000000000",
        "99999999999999984, 99999999999999984",
        "1e17, 1e+17",
        "1.5e17, 1.5e+17",
        "1e22, 1e+22",
        "1e100, 1e+100",
        "-1.7976931348623157E308, -1.7976931348623157e+308",
        "0.0001, 0.0001",
        "0.00012345, 0.00012344999999999999",
        "0.00001, 1.0000000000000001e-05",
        "1.5e-7, 1.4999999999999999e-07",
        "4.9E-324, 4.9406564584124654e-324",
        "123456.789, 123456.789",
        "0.3333333333333333, 0.33333333333333331",
    })
    void text(double value, String text) {
        assertEquals(text, RealFormat.text(value));
    }

    @Test
    void notNumbers() {
        assertEquals("inf", RealFormat.text(Double.POSITIVE_INFINITY));
        assertEquals("-inf", RealFormat.text(Double.NEGATIVE_INFINITY));
        assertEquals("nan", RealFormat.text(Double.NaN));
    }

    @Test
    void whatIsWrittenReadsBackTheSame() {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertEquals(value, Double.parseDouble(RealFormat.text(value)));
            }
        }
    }
}

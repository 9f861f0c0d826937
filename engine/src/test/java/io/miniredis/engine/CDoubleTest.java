package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CDoubleTest {
    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "' 7', 7",
        "'7 ', NaN",
        "+3, 3",
        ".5, 0.5",
        "5., 5",
        "0x10, 16",
        "0x1p4, 16",
        "0x, NaN",
        "1e, NaN",
        "inf, Infinity",
        "-INFINITY, -Infinity",
        "nan, NaN",
        "1e400, NaN",
        "1e-400, NaN",
        "0e-400, 0",
        "x, NaN",
        "-, NaN",
        "'1,5', NaN"
    })
    void readsWhatStrtodReads(String text, double expected) {
        assertEquals(expected, CDouble.parse(text));
    }
}

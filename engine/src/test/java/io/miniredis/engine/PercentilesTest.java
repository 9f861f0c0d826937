package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PercentilesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "100, 100",
        "50.0, 50",
        "99.9, 99.9",
        "99.99, 99.99",
        "99.999999, 99.999999",
        "99.9999999, 100",
        "0.1, 0.1",
        "0.05, 0.05",
        "0.000001, 0.000001",
        "0.0000001, 0",
        "1e1, 10",
        "'50 .5 1e-3', '50 0.5 0.001'",
    })
    void areShownInTheirShortestForm(String text, String shown) {
        assertEquals(shown, Percentiles.canonical(text));
    }
}

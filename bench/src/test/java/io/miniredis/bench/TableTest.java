package io.miniredis.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {

    @Test
    void figuresHaveThreeDigitsThatCount() {
        assertEquals("123,457", Table.figure(123_456.7));
        assertEquals("12.3", Table.figure(12.345));
        assertEquals("1.23", Table.figure(1.2345));
        assertEquals("0.012", Table.figure(0.0123));
        assertEquals("0", Table.figure(0));
        assertEquals("-", Table.figure(Double.NaN));
    }

    @Test
    void ratioThatSaysNothingIsLeftOut() {
        assertEquals("0.50", Table.ratio(1, 2));
        assertEquals("0.333", Table.ratio(1, 3, 3));
        assertEquals("-", Table.ratio(1, 0));
        assertEquals("-", Table.ratio(1, -1));
        assertEquals("-", Table.ratio(Double.NaN, 1));
        assertEquals("-", Table.ratio(5000, 1));
    }

    @Test
    void tableIsMarkdown() {
        Table table = new Table(List.of("test", "redis"));
        table.add(List.of("get", "1"));
        assertEquals("| test | redis |\n|---|---:|\n| get | 1 |\n", table.markdown());
    }

    @Test
    void medianIsTheMiddleOfTheRounds() {
        Samples samples = new Samples();
        samples.add("get", "redis", 3, 30);
        samples.add("get", "redis", 1, 10);
        samples.add("get", "redis", 2, 50);
        assertEquals(2, samples.median("get", "redis", 0));
        assertEquals(30, samples.median("get", "redis", 1));
        assertEquals(1.5, Samples.median(new double[] {2, 1}));
        assertEquals(Double.NaN, samples.median("get", "other", 0));
    }

    @Test
    void rateCountsAsSteadyOnceItStays() {
        assertEquals(0.2, secondsUntil(9, 1.0, 1.0, 9.0, 10.0, 9.0, 10.0));
        assertEquals(0.3, secondsUntil(9, 9.0, 9.0, 1.0, 9.0, 9.0, 9.0));
        assertEquals(0, secondsUntil(9, 9.0, 9.0, 9.0));
        assertEquals(Double.NaN, secondsUntil(9, 9.0, 9.0));
    }

    private static double secondsUntil(double enough, Double... rates) {
        List<Double> seconds = List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6);
        return new WarmUp.Course(seconds, List.of(rates)).secondsUntil(enough);
    }
}

package io.miniredis.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Tables and plots of how throughput, processor time and latency, three figures of each sample, grow with a number. */
final class Growth {
    private Growth() {}

    /** Which row of the samples belongs to which number. */
    static <N extends Number> Map<Double, String> rows(List<N> numbers, Function<N, String> row) {
        Map<Double, String> rows = new LinkedHashMap<>();
        numbers.forEach(number -> rows.put(number.doubleValue(), row.apply(number)));
        return rows;
    }

    static String tables(Setup setup, String what, Samples samples) {
        return "Requests per second:\n\n"
                + setup.comparison(what, samples, 0).markdown()
                + "\nServer CPU time per request, in microseconds:\n\n"
                + setup.comparison(what, samples, 1).markdown()
                + "\n99th percentile of the latency under this load, in milliseconds:\n\n"
                + setup.comparison(what, samples, 2).markdown();
    }

    static Map<String, String> plots(Setup setup, String what, Samples samples, Map<Double, String> rows) {
        return Setup.plots(
                "Requests per second by " + what,
                plot(setup, "Requests per second (more is better)", what, samples, 0, rows),
                "CPU per request by " + what,
                plot(setup, "Server CPU per request in microseconds (less is better)", what, samples, 1, rows));
    }

    static String plot(Setup setup, String title, String what, Samples samples, int figure, Map<Double, String> rows) {
        LineChart chart = new LineChart(title, what, true);
        for (String name : setup.names()) {
            List<Double> values = new ArrayList<>();
            rows.values().forEach(row -> values.add(samples.median(row, name, figure)));
            chart.add(name, List.copyOf(rows.keySet()), values);
        }
        return chart.svg();
    }
}

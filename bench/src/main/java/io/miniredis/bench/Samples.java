package io.miniredis.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the rounds found: for each row of a table and each server some figures, of which the median over the rounds counts. */
final class Samples {
    private final Map<String, Map<String, List<double[]>>> rows = new LinkedHashMap<>();

    void add(String row, String server, double... figures) {
        rows.computeIfAbsent(row, unused -> new LinkedHashMap<>())
                .computeIfAbsent(server, unused -> new ArrayList<>())
                .add(figures);
    }

    /** The rows, in the order of their first figures. */
    List<String> rows() {
        return List.copyOf(rows.keySet());
    }

    /** NaN if there is none. */
    double median(String row, String server, int figure) {
        List<double[]> found = rows.getOrDefault(row, Map.of()).getOrDefault(server, List.of());
        return median(found.stream().mapToDouble(figures -> figures[figure]).toArray());
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}

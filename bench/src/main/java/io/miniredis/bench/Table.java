package io.miniredis.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table in Markdown. The first column holds names, the others figures. */
final class Table {
    private static final int MOST_RATIO = 1000;

    private final List<List<String>> rows = new ArrayList<>();

    Table(List<String> header) {
        rows.add(List.copyOf(header));
    }

    void add(List<String> row) {
        if (row.size() != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    row.size() + " cells in a table of " + rows.get(0).size() + " columns");
        }
        rows.add(List.copyOf(row));
    }

    /** Bytes in units of 2^20. */
    static double mebibytes(long bytes) {
        return bytes / (double) (1 << 20);
    }

    /** A figure with three digits that count, or as many as it has before the point. */
    static String figure(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        double size = Math.abs(value);
        int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** A whole number. */
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** How many times as much; nothing where the base is so small that this would say nothing. */
    static String ratio(double value, double base) {
        return ratio(value, base, 2);
    }

    /** The same, with so many decimals. */
    static String ratio(double value, double base, int decimals) {
        double ratio = value / base;
        boolean says = ratio >= 0 && ratio < MOST_RATIO;
        return says ? String.format(Locale.ROOT, "%." + decimals + "f", ratio) : "-";
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
            if (i == 0) {
                text.append("|---|")
                        .append("---:|".repeat(rows.get(0).size() - 1))
                        .append('\n');
            }
        }
        return text.toString();
    }
}

package io.miniredis.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round numbers along an axis. */
final class Axis {
    private static final int MOST_STEPS = 6;

    private Axis() {}

    /** The distance of marks on an axis from 0 to some value: one, two or five times a power of ten. */
    private static double step(double most) {
        double rough = most / MOST_STEPS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= rough) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** The next mark at or beyond a value. */
    static double roundedUp(double most) {
        double positive = Math.max(most, 1e-9);
        return Math.ceil(positive / step(positive) - 1e-9) * step(positive);
    }

    static List<Double> ticks(double most) {
        double step = step(most);
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i * step <= most * (1 + 1e-9); i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** Short: 1.5, 20, 3k, 10M. */
    static String label(double value) {
        double size = Math.abs(value);
        if (size >= 1e6) {
            return trimmed(value / 1e6) + "M";
        }
        return size >= 1e3 ? trimmed(value / 1e3) + "k" : trimmed(value);
    }

    private static String trimmed(double value) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.replaceAll("\\.?0+$", "");
    }
}

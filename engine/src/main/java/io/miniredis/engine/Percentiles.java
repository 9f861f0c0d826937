package io.miniredis.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Percentiles as a directive names them: numbers from 0 to 100, separated by blanks. */
final class Percentiles {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private static final long MILLION = 1_000_000;

    private Percentiles() {}

    /**
     * The numbers.
     *
     * @throws IllegalArgumentException with Redis's explanation, if the text is something else
     */
    static List<Double> of(String text) {
        List<Double> all = new ArrayList<>();
        for (String word : words(text)) {
            all.add(number(word));
        }
        return all;
    }

    /** The same text with single blanks and the shortest form of each number. */
    static String canonical(String text) {
        List<String> all = new ArrayList<>();
        for (double each : of(text)) {
            all.add(shortest(each));
        }
        return String.join(" ", all);
    }

    /** A number as INFO names it: {@code 99.9}, {@code 50}. Without BigDecimal, which takes Java 25 fifty milliseconds of a start to load. */
    static String shortest(double percentile) {
        long millionths = (long) Math.rint(percentile * MILLION);
        String fraction = Long.toString(MILLION + millionths % MILLION).substring(1);
        int digits = fraction.length();
        while (digits > 0 && fraction.charAt(digits - 1) == '0') {
            digits--;
        }
        return millionths / MILLION + (digits == 0 ? "" : "." + fraction.substring(0, digits));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }

    private static double number(String word) {
        if (!NUMBER.matcher(word).matches()) {
            throw new IllegalArgumentException("Invalid latency-tracking-info-percentiles parameters");
        }
        double value = Double.parseDouble(word);
        if (value < 0 || value > 100) {
            throw new IllegalArgumentException(
                    "latency-tracking-info-percentiles parameters should sit between [0.0,100.0]");
        }
        return value;
    }
}

package io.miniredis.app;

import java.math.BigDecimal;

/**
 * Text in Prometheus's exposition format, version 0.0.4: families of samples, each under its HELP and TYPE. Who writes sees to it that each
 * family begins once and that its samples differ in their labels.
 */
final class PrometheusText {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder(16_384);
    private String family = "";

    /** Begins a family of values that go up and down. */
    PrometheusText gauge(String name, String help) {
        return begin(name, "gauge", help);
    }

    /** Begins a family of values that only go up, but for a restart or a reset. */
    PrometheusText counter(String name, String help) {
        return begin(name, "counter", help);
    }

    /** Begins a family of distributions. */
    PrometheusText histogram(String name, String help) {
        return begin(name, "histogram", help);
    }

    private PrometheusText begin(String name, String type, String help) {
        family = name;
        text.append("# HELP ").append(name).append(' ');
        text.append(help.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        return this;
    }

    /** Adds a sample to the family. */
    PrometheusText sample(long value, String... labels) {
        return sample("", Long.toString(value), labels);
    }

    /** Adds a sample that is measured in nanoseconds, and shown in seconds. */
    PrometheusText seconds(long nanos, String... labels) {
        return sample("", inSeconds(nanos), labels);
    }

    /** Adds a sample. */
    PrometheusText sample(double value, String... labels) {
        return sample("", BigDecimal.valueOf(value).toPlainString(), labels);
    }

    /**
     * Adds a sample.
     *
     * @param suffix of its name, beyond that of the family
     * @param labels names and values in turn
     */
    PrometheusText sample(String suffix, String value, String... labels) {
        text.append(family).append(suffix);
        for (int i = 0; i < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
            text.append(escaped(labels[i + 1])).append('"');
        }
        text.append(labels.length > 0 ? "} " : " ").append(value).append('\n');
        return this;
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** Nanoseconds as seconds, exactly. */
    static String inSeconds(long nanos) {
        return nanos == 0
                ? "0"
                : BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

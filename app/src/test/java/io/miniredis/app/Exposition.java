package io.miniredis.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strict reader of Prometheus's exposition format: whatever a text does that it need not, such as a family without HELP and TYPE, or in
 * two pieces, or a sample that comes twice, is an error.
 */
final class Exposition {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(,|})");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern HELP = Pattern.compile("(?:[^\\\\]|\\\\[\\\\n])+");

    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private String family;
    private boolean isTyped;

    private Exposition() {}

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException if anything is wrong with it
     */
    static Exposition parse(String text) {
        Exposition exposition = new Exposition();
        check(text.endsWith("\n"), "the last line does not end");
        for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
            exposition.line(line);
        }
        exposition.checkHistograms();
        return exposition;
    }

    private static void check(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private void line(String line) {
        if (line.startsWith("# HELP ")) {
            String[] words = line.split(" ", 4);
            check(words.length == 4 && HELP.matcher(words[3]).matches(), line);
            family = words[2];
            isTyped = false;
            check(NAME.matcher(family).matches(), line);
            check(!types.containsKey(family), "twice: " + line);
            types.put(family, "");
        } else if (line.startsWith("# TYPE ")) {
            String[] words = line.split(" ", -1);
            check(words.length == 4 && words[2].equals(family) && !isTyped, "out of place: " + line);
            check(Set.of("gauge", "counter", "histogram").contains(words[3]), line);
            types.put(family, words[3]);
            isTyped = true;
        } else {
            sample(line);
        }
    }

    private void sample(String line) {
        Matcher name = NAME.matcher(line);
        check(isTyped && name.lookingAt(), "out of place: " + line);
        Map<String, String> labels = new TreeMap<>();
        int at = name.end();
        if (line.charAt(at) == '{') {
            Matcher label = LABEL.matcher(line);
            at++;
            do {
                check(label.region(at, line.length()).lookingAt(), line);
                check(labels.put(label.group(1), unescaped(label.group(2))) == null, "a label twice: " + line);
                at = label.end();
            } while (label.group(3).equals(","));
        }
        check(line.charAt(at) == ' ' && NUMBER.matcher(line.substring(at + 1)).matches(), line);
        checkName(name.group(), labels, line);
        check(values.put(name.group() + labels, line.substring(at + 1)) == null, "twice: " + line);
    }

    private void checkName(String name, Map<String, String> labels, String line) {
        if (!types.get(family).equals("histogram")) {
            check(name.equals(family) && !labels.containsKey("le"), line);
        } else {
            check(Set.of(family + "_bucket", family + "_sum", family + "_count").contains(name), line);
            check(name.endsWith("_bucket") == labels.containsKey("le"), line);
        }
    }

    private static String unescaped(String label) {
        return Pattern.compile("\\\\(.)")
                .matcher(label)
                .replaceAll(escape -> Matcher.quoteReplacement(escape.group(1).equals("n") ? "\n" : escape.group(1)));
    }

    /** Buckets go up, in bounds and counts, and end with +Inf, which is the count. There is a sum. */
    private void checkHistograms() {
        Map<String, List<String>> buckets = new LinkedHashMap<>();
        values.keySet().stream()
                .filter(sample -> sample.contains("_bucket{"))
                .forEach(sample -> buckets.computeIfAbsent(
                                sample.replaceFirst(", le=[^,}]*", ""), key -> new ArrayList<>())
                        .add(sample));
        buckets.forEach((key, samples) -> {
            double bound = 0;
            long count = 0;
            for (String sample : samples) {
                String le = sample.replaceFirst(".*, le=([^,}]*).*", "$1");
                double next = le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
                check(next > bound, "not in order: " + sample);
                check(Long.parseLong(values.get(sample)) >= count, "not cumulative: " + sample);
                bound = next;
                count = Long.parseLong(values.get(sample));
            }
            check(bound == Double.POSITIVE_INFINITY, "no +Inf: " + key);
            check(values.get(key.replace("_bucket{", "_count{")).equals(Long.toString(count)), "not the count: " + key);
            check(values.containsKey(key.replace("_bucket{", "_sum{")), "no sum: " + key);
        });
    }

    /** The types of the families, by name. */
    Map<String, String> types() {
        return types;
    }

    /**
     * The value of a sample.
     *
     * @param labels names and values in turn, sorted by name
     */
    double value(String name, String... labels) {
        Map<String, String> all = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            all.put(labels[i], labels[i + 1]);
        }
        String value = values.get(name + all);
        check(value != null, "there is no " + name + all + " in " + values.keySet());
        return Double.parseDouble(value);
    }

    /** Whether there is a sample whose name and labels begin so. */
    boolean has(String start) {
        return values.keySet().stream().anyMatch(sample -> sample.startsWith(start));
    }
}

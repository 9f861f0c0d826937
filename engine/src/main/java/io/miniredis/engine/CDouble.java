package io.miniredis.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Doubles as the C function {@code strtod} reads them, from a text. */
final class CDouble {
    private static final Pattern FORM = Pattern.compile(
            "[ \\t\\n\\u000b\\f\\r]*([+-]?)(?:"
                    + "(inf|infinity)"
                    + "|(0x(?:[0-9a-f]+\\.?[0-9a-f]*|\\.[0-9a-f]+)(p[+-]?[0-9]+)?)"
                    + "|((?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:e[+-]?[0-9]+)?))",
            Pattern.CASE_INSENSITIVE);

    private CDouble() {}

    /** The number that a text begins with; 0 if there is none. */
    static double leading(String text) {
        Matcher form = FORM.matcher(text);
        double number = form.lookingAt() ? parse(form.group()) : 0;
        return Double.isNaN(number) ? 0 : number;
    }

    /**
     * Reads a number; nothing at all is 0.
     *
     * @return NaN if the text is not a number, or one that is too large or too small for a double
     */
    static double parse(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Double.NaN;
        }
        double magnitude = form.group(2) != null ? Double.POSITIVE_INFINITY : magnitude(form);
        return form.group(1).equals("-") ? -magnitude : magnitude;
    }

    private static double magnitude(Matcher form) {
        boolean decimal = form.group(5) != null;
        String digits = decimal ? form.group(5) : form.group(3) + (form.group(4) == null ? "p0" : "");
        double value = Double.parseDouble(digits);
        boolean lost = Double.isInfinite(value) || (value < Double.MIN_NORMAL && hasDigits(digits, decimal));
        return lost ? Double.NaN : value;
    }

    /** Whether a number that became tiny is not zero. */
    private static boolean hasDigits(String digits, boolean decimal) {
        String mantissa = digits.replaceAll(decimal ? "[eE].*" : "^0[xX]|[pP].*", "");
        return mantissa.chars().anyMatch(c -> c != '0' && c != '.');
    }
}

package io.miniredis.engine;

import java.util.Locale;
import java.util.OptionalLong;

/** Amounts of memory as Redis reads them: {@code 1k} is 1000 bytes, {@code 1kb} is 1024, and so on with m and g. */
final class MemorySize {

    private MemorySize() {}

    /** Empty if the text is not an amount of memory. */
    static OptionalLong parse(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0) {
            return OptionalLong.empty();
        }
        return multiply(text.substring(0, digits), text.substring(digits).toLowerCase(Locale.ROOT));
    }

    private static OptionalLong multiply(String digits, String unit) {
        long factor = switch (unit) {
            case "", "b" -> 1;
            case "k" -> 1000;
            case "kb" -> 1L << 10;
            case "m" -> 1000_000;
            case "mb" -> 1L << 20;
            case "g" -> 1000_000_000;
            case "gb" -> 1L << 30;
            default -> 0;
        };
        try {
            return factor == 0
                    ? OptionalLong.empty()
                    : OptionalLong.of(Math.multiplyExact(Long.parseLong(digits), factor));
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            return OptionalLong.empty();
        }
    }

    /** As INFO shows amounts to people: {@code 1.50M}. */
    static String human(long bytes) {
        if (bytes < 1024) {
            return bytes + "B";
        }
        double amount = bytes;
        String units = "KMGTP";
        int unit = -1;
        while (amount >= 1024 && unit < units.length() - 1) {
            amount /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.2f%c", amount, units.charAt(unit));
    }
}

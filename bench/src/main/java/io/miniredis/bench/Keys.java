package io.miniredis.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The names of keys, as redis-benchmark makes them. */
final class Keys {
    /** Stands for a number of twelve digits that is each time another. */
    static final String NUMBER = "000000000000";

    /** A key of 16 bytes. */
    static final String KEY = "key:" + NUMBER;

    private Keys() {}

    /** The key of a number. */
    static String name(long number) {
        return String.format(Locale.ROOT, "key:%012d", number);
    }

    /** Where in a request its only {@link #NUMBER} stands. */
    static int numberIn(byte[] request) {
        return numbersIn(request).get(0);
    }

    /** Where each of them stands. */
    static List<Integer> numbersIn(byte[] request) {
        String text = new String(request, ISO_8859_1);
        List<Integer> found = new ArrayList<>();
        for (int at = text.indexOf(NUMBER); at >= 0; at = text.indexOf(NUMBER, at + NUMBER.length())) {
            found.add(at);
        }
        return found;
    }

    /** Writes a number over {@link #NUMBER}. */
    static void putNumber(byte[] bytes, int offset, long number) {
        long rest = number;
        for (int digit = offset + NUMBER.length() - 1; digit >= offset; digit--) {
            bytes[digit] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}

package io.miniredis.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/**
 * Replies as text to compare with: {@code +OK}, {@code -ERR ...}, {@code 42}, {@code 'bulk'}, {@code nil},
 * {@code nil-array}, {@code [1, 'b']} for an array, {@code ~[...]} for a set, {@code >[...]} for a push,
 * {@code {'k': 1}} for a map, {@code true}, {@code 1.5}, {@code txt:'...'}.
 */
final class ReplyText {
    private final String wire;
    private int at;

    private ReplyText(byte[] wire) {
        this.wire = new String(wire, ISO_8859_1);
    }

    /** The one reply that the bytes are. */
    static String ofOne(byte[] wire) {
        List<String> all = ofAll(wire);
        if (all.size() != 1) {
            throw new IllegalArgumentException(all.size() + " replies to one command: " + all);
        }
        return all.get(0);
    }

    static List<String> ofAll(byte[] wire) {
        ReplyText text = new ReplyText(wire);
        List<String> replies = new ArrayList<>();
        while (text.at < text.wire.length()) {
            replies.add(text.value());
        }
        return replies;
    }

    private String value() {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+', '-' -> line;
            case ':', ',' -> rest;
            case '_' -> "nil";
            case '#' -> rest.equals("t") ? "true" : "false";
            case '$' -> rest.equals("-1") ? "nil" : "'" + bytes(rest) + "'";
            case '=' -> verbatim(bytes(rest));
            case '*' -> rest.equals("-1") ? "nil-array" : "[" + values(rest) + "]";
            case '~' -> "~[" + values(rest) + "]";
            case '>' -> ">[" + values(rest) + "]";
            case '%' -> "{" + pairs(rest) + "}";
            default -> throw new IllegalArgumentException("no reply begins with " + line);
        };
    }

    private static String verbatim(String text) {
        return text.substring(0, 4) + "'" + text.substring(4) + "'";
    }

    private String line() {
        int end = wire.indexOf("\r\n", at);
        String line = wire.substring(at, end);
        at = end + 2;
        return line;
    }

    private String bytes(String length) {
        int from = at;
        int end = from + Integer.parseInt(length);
        at = end + 2;
        if (!wire.startsWith("\r\n", end)) {
            throw new IllegalArgumentException("a bulk string is not as long as it says");
        }
        return wire.substring(from, end);
    }

    private String values(String count) {
        List<String> values = new ArrayList<>();
        for (int i = Integer.parseInt(count); i > 0; i--) {
            values.add(value());
        }
        return String.join(", ", values);
    }

    private String pairs(String count) {
        List<String> pairs = new ArrayList<>();
        for (int i = Integer.parseInt(count); i > 0; i--) {
            pairs.add(value() + ": " + value());
        }
        return String.join(", ", pairs);
    }
}

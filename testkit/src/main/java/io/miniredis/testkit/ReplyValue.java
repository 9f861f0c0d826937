package io.miniredis.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A reply as a client understands it. As text: {@code +OK}, {@code -ERR ...}, {@code 42}, {@code 'bulk'}, {@code nil},
 * {@code nil-array}, {@code [1, 'b']} for an array, {@code ~[...]} for a set, {@code >[...]} for a push,
 * {@code {'k': 1}} for a map, {@code true}, {@code 1.5}, {@code txt:'...'}.
 *
 * @param kind the byte that the protocol begins it with
 * @param text the rest of its line, or its bytes, a character for each; {@code -1} for a null
 * @param values what an aggregate holds, a map's keys and values in turn; empty for others; null for a null of RESP2
 */
record ReplyValue(char kind, String text, List<ReplyValue> values) {
    private static final String NULL = "-1";

    /** The one reply that the bytes are. */
    static ReplyValue ofOne(byte[] wire) {
        List<ReplyValue> all = ofAll(wire);
        if (all.size() != 1) {
            throw new IllegalArgumentException(all.size() + " replies to one command: " + all);
        }
        return all.get(0);
    }

    static List<ReplyValue> ofAll(byte[] wire) {
        Parser parser = new Parser(wire);
        List<ReplyValue> replies = new ArrayList<>();
        while (parser.at < parser.wire.length()) {
            replies.add(parser.value());
        }
        return replies;
    }

    boolean isError() {
        return kind == '-';
    }

    /** What a client of RESP2 would be told instead. All nulls are alike, since RESP3 has but one. */
    ReplyValue inResp2() {
        return switch (kind) {
            case '#' -> new ReplyValue(':', text.equals("t") ? "1" : "0", List.of());
            case ',', '(' -> new ReplyValue('$', text, List.of());
            case '=' -> new ReplyValue('$', text.substring(4), List.of());
            case '_' -> nothing();
            case '$' -> isNull() ? nothing() : this;
            case '*', '~', '>', '%' ->
                isNull() ? nothing() : array(values.stream().map(ReplyValue::inResp2));
            default -> this;
        };
    }

    private boolean isNull() {
        return values == null;
    }

    private static ReplyValue nothing() {
        return new ReplyValue('_', NULL, List.of());
    }

    /** The same, the values of the outermost array in an order that depends on nothing but them. */
    ReplyValue inOrder() {
        return kind == '*' && !isNull()
                ? array(values.stream().sorted((a, b) -> a.toString().compareTo(b.toString())))
                : this;
    }

    private static ReplyValue array(Stream<ReplyValue> values) {
        List<ReplyValue> list = values.collect(Collectors.toList());
        return new ReplyValue('*', Integer.toString(list.size()), list);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case '+', '-' -> kind + text;
            case ':', ',', '(' -> text;
            case '_' -> "nil";
            case '#' -> text.equals("t") ? "true" : "false";
            case '$' -> isNull() ? "nil" : "'" + text + "'";
            case '=' -> text.substring(0, 4) + "'" + text.substring(4) + "'";
            case '*' -> isNull() ? "nil-array" : values.toString();
            case '%' -> pairs();
            default -> kind + values.toString();
        };
    }

    private String pairs() {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < values.size(); i += 2) {
            pairs.add(values.get(i) + ": " + values.get(i + 1));
        }
        return "{" + String.join(", ", pairs) + "}";
    }

    private static final class Parser {
        private final String wire;
        private int at;

        private Parser(byte[] wire) {
            this.wire = new String(wire, ISO_8859_1);
        }

        private ReplyValue value() {
            String line = line();
            char kind = line.charAt(0);
            String rest = line.substring(1);
            return switch (kind) {
                case '+', '-', ':', ',', '(', '_', '#' -> new ReplyValue(kind, rest, List.of());
                case '$', '=' -> rest.equals(NULL) ? nil(kind) : new ReplyValue(kind, bytes(rest), List.of());
                case '*', '~', '>' -> rest.equals(NULL) ? nil(kind) : new ReplyValue(kind, rest, values(number(rest)));
                case '%' -> new ReplyValue(kind, rest, values(2 * number(rest)));
                default -> throw new IllegalArgumentException("no reply begins with " + line);
            };
        }

        private static ReplyValue nil(char kind) {
            return new ReplyValue(kind, NULL, null);
        }

        private static int number(String digits) {
            return Integer.parseInt(digits);
        }

        private String line() {
            int end = wire.indexOf("\r\n", at);
            if (end <= at) {
                throw new IllegalArgumentException("a reply is cut off: " + wire.substring(at));
            }
            String line = wire.substring(at, end);
            at = end + 2;
            return line;
        }

        private String bytes(String length) {
            int from = at;
            int end = from + number(length);
            at = end + 2;
            if (!wire.startsWith("\r\n", end)) {
                throw new IllegalArgumentException("a bulk string is not as long as it says");
            }
            return wire.substring(from, end);
        }

        private List<ReplyValue> values(int count) {
            List<ReplyValue> values = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                values.add(value());
            }
            return values;
        }
    }
}

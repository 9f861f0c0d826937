package io.miniredis.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * One reply as it came, and what it is made of.
 *
 * @param raw all of its bytes, one char each
 * @param elements of an array, set, map (keys and values in turn) or push; else empty
 */
record RawReply(String raw, List<RawReply> elements) {
    /** What stands in the place of a reply when the connection was closed instead. */
    static final RawReply CLOSED = new RawReply("(closed)", List.of());
    /** What stands in the place of a reply that did not come in time. */
    static final RawReply MISSING = new RawReply("(no reply)", List.of());

    /** How two replies must agree. */
    enum Agreement {
        /** Byte for byte. */
        EXACT,
        /** The same elements in any order. */
        SET,
        /** The same pairs of elements in any order. */
        PAIRS,
        /** The same types all the way down. */
        SHAPE,
        /** The same type, which tells an error from a success. */
        TYPE,
        /** Numbers of seconds, when a test may be held up for some; negative ones are not times. */
        SECONDS,
        /** The same in milliseconds. */
        MILLIS,
        /** Not at all: a difference that is known, so that it is noticed when it is gone. */
        DIFFERS
    }

    /** Reads one reply; fails if the bytes end before it does. */
    static RawReply read(InputStream in) throws IOException {
        String line = readLine(in);
        List<RawReply> elements = new ArrayList<>();
        StringBuilder all = new StringBuilder(line).append("\r\n");
        switch (line.charAt(0)) {
            case '$', '=', '!' -> {
                int length = Integer.parseInt(line.substring(1));
                if (length >= 0) {
                    all.append(readExactly(in, length + 2));
                }
            }
            case '*', '~', '>', '%', '|' -> {
                int count = Integer.parseInt(line.substring(1)) * (line.charAt(0) == '%' ? 2 : 1);
                for (int i = 0; i < count; i++) {
                    RawReply element = read(in);
                    elements.add(element);
                    all.append(element.raw);
                }
            }
            default -> {
                // The line is all there is.
            }
        }
        return new RawReply(all.toString(), elements);
    }

    /** A line without its end. */
    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.append((char) next);
            int length = line.length() - 2;
            if (next == '\n' && length >= 0 && line.charAt(length) == '\r') {
                return line.substring(0, length);
            }
        }
        throw new EOFException();
    }

    private static String readExactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return new String(bytes, ISO_8859_1);
    }

    /** The first byte, which says what it is. */
    char type() {
        return raw.charAt(0);
    }

    boolean agrees(RawReply other, Agreement how) {
        return switch (how) {
            case EXACT -> raw.equals(other.raw);
            case SET -> hasElementsOf(other, 1);
            case PAIRS -> hasElementsOf(other, 2);
            case SHAPE -> hasShapeOf(other);
            case TYPE -> type() == other.type();
            case DIFFERS -> !raw.equals(other.raw);
            case SECONDS -> isNear(other, 20);
            case MILLIS -> isNear(other, 20_000);
        };
    }

    private boolean isNear(RawReply other, long tolerance) {
        boolean times = isTime() && other.isTime();
        return times ? Math.abs(number() - other.number()) < tolerance : agrees(other, Agreement.EXACT);
    }

    private boolean isTime() {
        return type() == ':' && number() >= 0;
    }

    private boolean hasElementsOf(RawReply other, int together) {
        return elements.isEmpty()
                ? agrees(other, Agreement.EXACT)
                : type() == other.type() && sorted(together).equals(other.sorted(together));
    }

    private boolean hasShapeOf(RawReply other) {
        if (type() != other.type() || elements.size() != other.elements.size()) {
            return false;
        }
        for (int i = 0; i < elements.size(); i++) {
            if (!elements.get(i).hasShapeOf(other.elements.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The elements as text, so many taken together, in alphabetical order. */
    private List<String> sorted(int together) {
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < elements.size(); i += together) {
            StringBuilder group = new StringBuilder();
            elements.subList(i, Math.min(i + together, elements.size())).forEach(element -> group.append(element.raw));
            groups.add(group.toString());
        }
        groups.sort(null);
        return groups;
    }

    private long number() {
        return Long.parseLong(raw.substring(1, raw.length() - 2));
    }

    /** The bytes, with escapes for those that cannot be printed; cut off where it gets long. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < raw.length(); i++) {
            char b = raw.charAt(i);
            switch (b) {
                case '\r' -> text.append("\\r");
                case '\n' -> text.append("\\n");
                case '\\' -> text.append("\\\\");
                default -> text.append((b >= ' ' && b < 127) ? String.valueOf(b) : String.format("\\x%02x", (int) b));
            }
            if (text.length() > 4000) {
                return text + "... (" + raw.length() + " bytes)";
            }
        }
        return text.toString();
    }
}

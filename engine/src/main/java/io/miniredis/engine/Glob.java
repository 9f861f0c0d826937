package io.miniredis.engine;

import io.miniredis.api.Slice;

/**
 * Redis's glob patterns: {@code *}, {@code ?}, {@code [a-z]}, {@code [^a]}, and a backslash that takes the next character
 * literally. After a mismatch only the last star is tried again, one byte further, which finds a match whenever there is one;
 * so the cost is at most pattern times text, whatever the pattern. Immutable.
 */
final class Glob {

    /** Whether case matters. */
    enum Case {
        /** It does. */
        EXACT,
        /** It does not, for ASCII letters. */
        IGNORED
    }

    /** In place of where the pattern goes on: it does not match. */
    private static final int MISMATCH = -1;

    private final byte[] pattern;
    private final boolean ignoreCase;

    Glob(Slice pattern) {
        this(pattern, Case.EXACT);
    }

    Glob(Slice pattern, Case sensitivity) {
        this.pattern = pattern.copy();
        ignoreCase = sensitivity == Case.IGNORED;
    }

    boolean matches(Slice text) {
        return compare(text) >= 0;
    }

    /** How many bytes are compared if the text matches; the complement of that, a negative number, if it does not. */
    long compare(Slice text) {
        long steps = 0;
        int at = 0;
        int in = 0;
        int star = -1;
        int starAt = 0;
        if (text.length() == 0) {
            // As in Redis, where only a single star is known to match anything.
            boolean matches = pattern.length == 0 || (pattern.length == 1 && pattern[0] == '*');
            return matches ? 0 : ~0L;
        }
        while (at < text.length()) {
            steps++;
            if (in < pattern.length && pattern[in] == '*') {
                star = ++in;
                starAt = at;
                continue;
            }
            int next = in < pattern.length ? matchOne(in, text.byteAt(at)) : MISMATCH;
            if (next != MISMATCH) {
                in = next;
                at++;
            } else if (star >= 0) {
                in = star;
                at = ++starAt;
            } else {
                return ~steps;
            }
        }
        while (in < pattern.length && pattern[in] == '*') {
            in++;
        }
        return in == pattern.length ? steps : ~steps;
    }

    /** Where the pattern goes on if the part of it that begins here, which is not a star, matches a byte. */
    private int matchOne(int in, byte b) {
        if (pattern[in] == '[') {
            return matchClass(in + 1, b);
        }
        // A backslash at the very end stands for itself.
        int literal = pattern[in] == '\\' && in + 1 < pattern.length ? in + 1 : in;
        boolean any = pattern[in] == '?';
        return any || fold(pattern[literal]) == fold(b) ? literal + 1 : MISMATCH;
    }

    /** A class without its end extends to the pattern's end. */
    private int matchClass(int from, byte b) {
        int in = from;
        boolean negated = in < pattern.length && pattern[in] == '^';
        if (negated) {
            in++;
        }
        boolean found = false;
        while (in < pattern.length && pattern[in] != ']') {
            if (pattern[in] == '\\' && in + 1 < pattern.length) {
                found |= pattern[in + 1] == b;
                in += 2;
            } else if (in + 2 < pattern.length && pattern[in + 1] == '-') {
                found |= isInRange(b, pattern[in], pattern[in + 2]);
                in += 3;
            } else {
                found |= fold(pattern[in]) == fold(b);
                in++;
            }
        }
        return found != negated ? Math.min(in + 1, pattern.length) : MISMATCH;
    }

    /** The ends may come in either order. As in Redis, bytes over 0x7f are negative, and case goes after the order is known. */
    private boolean isInRange(byte b, byte one, byte other) {
        int value = fold(b);
        return value >= fold(one < other ? one : other) && value <= fold(one < other ? other : one);
    }

    private int fold(byte b) {
        return ignoreCase && b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
    }
}

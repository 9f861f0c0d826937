package io.miniredis.engine;

import io.miniredis.api.Slice;

/**
 * A pattern of SORT: a key in which an element takes the place of the first star, or {@code #} for the element itself. What
 * stands after an arrow is the field of a hash; there are no hashes, so it leads nowhere.
 */
final class SortPattern {
    private final byte[] pattern;
    /** Where the star is; -1 if there is none. */
    private final int star;

    SortPattern(byte[] pattern) {
        this.pattern = pattern;
        star = find(pattern);
    }

    /** As in Redis, what stands after a zero byte is not looked at. */
    private static int find(byte[] pattern) {
        for (int i = 0; i < pattern.length && pattern[i] != 0; i++) {
            if (pattern[i] == '*') {
                return i;
            }
        }
        return -1;
    }

    /** Whether it means another key for each element. */
    boolean varies() {
        return star >= 0;
    }

    /** The string that it means for an element; null if there is none. */
    byte[] lookUp(byte[] element, WorkingKeyspace keyspace) {
        if (pattern.length == 1 && pattern[0] == '#') {
            return element;
        }
        if (star < 0 || namesField()) {
            return null;
        }
        byte[] name = new byte[pattern.length - 1 + element.length];
        System.arraycopy(pattern, 0, name, 0, star);
        System.arraycopy(element, 0, name, star, element.length);
        System.arraycopy(pattern, star + 1, name, star + element.length, pattern.length - star - 1);
        Slice found = keyspace.stringAt(new Slice(name));
        return found == null ? null : found.copy();
    }

    /** Whether there is an arrow after the star, and something after the arrow. */
    private boolean namesField() {
        for (int i = star + 1; i + 2 < pattern.length && pattern[i] != 0; i++) {
            if (pattern[i] == '-' && pattern[i + 1] == '>') {
                return pattern[i + 2] != 0;
            }
        }
        return false;
    }
}

package io.miniredis.commands.strings;

import io.miniredis.api.CommandException;
import io.miniredis.api.Slice;
import java.util.ArrayList;
import java.util.List;

/**
 * The longest common subsequence of two strings, by the table of lengths for all pairs of beginnings. Among several that are
 * equally long, the one that Redis finds.
 */
final class CommonSubsequence {
    private static final int MOST_CELLS = Integer.MAX_VALUE - 8;

    private final byte[] bytes;
    /** From the last to the first. */
    private final List<Match> matches;

    /**
     * Bytes that follow each other in both strings.
     *
     * @param first where in the first string
     * @param second where in the second string
     * @param length how many
     */
    record Match(int first, int second, int length) {}

    private CommonSubsequence(byte[] bytes, List<Match> matches) {
        this.bytes = bytes;
        this.matches = matches;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }

    /** The matches that are long enough, from the last to the first. */
    List<Match> rangesOf(long shortest) {
        List<Match> longEnough = new ArrayList<>(matches);
        longEnough.removeIf(match -> match.length < shortest);
        return longEnough;
    }

    /** Only its length, which needs two rows of the table. */
    static int length(Slice first, Slice second) {
        int[] row = new int[second.length() + 1];
        for (int i = 1; i <= first.length(); i++) {
            int diagonal = 0;
            for (int j = 1; j <= second.length(); j++) {
                int above = row[j];
                row[j] = first.byteAt(i - 1) == second.byteAt(j - 1) ? diagonal + 1 : Math.max(above, row[j - 1]);
                diagonal = above;
            }
        }
        return row[second.length()];
    }

    static CommonSubsequence of(Slice first, Slice second) throws CommandException {
        int width = second.length() + 1;
        long cells = cells(first, second);
        if (cells > MOST_CELLS) {
            throw new CommandException("ERR Insufficient memory, failed allocating transient memory for LCS");
        }
        int[] lengths = new int[(int) cells];
        for (int i = 1; i <= first.length(); i++) {
            int row = i * width;
            for (int j = 1; j <= second.length(); j++) {
                lengths[row + j] = first.byteAt(i - 1) == second.byteAt(j - 1)
                        ? lengths[row - width + j - 1] + 1
                        : Math.max(lengths[row - width + j], lengths[row + j - 1]);
            }
        }
        return walkBack(first, second, lengths, width);
    }

    /** What the table of lengths takes. */
    static long tableBytes(Slice first, Slice second) {
        return Integer.BYTES * cells(first, second);
    }

    private static long cells(Slice first, Slice second) {
        return (second.length() + 1L) * (first.length() + 1L);
    }

    private static CommonSubsequence walkBack(Slice first, Slice second, int[] lengths, int width) {
        int i = first.length();
        int j = second.length();
        int left = lengths[i * width + j];
        byte[] bytes = new byte[left];
        List<Match> matches = new ArrayList<>();
        int run = 0;
        while (left > 0) {
            if (first.byteAt(i - 1) == second.byteAt(j - 1)) {
                bytes[--left] = first.byteAt(--i);
                j--;
                run++;
                if (left > 0 && i > 0 && j > 0) {
                    continue;
                }
            }
            if (run > 0) {
                matches.add(new Match(i, j, run));
                run = 0;
            }
            if (left > 0) {
                if (lengths[(i - 1) * width + j] > lengths[i * width + j - 1]) {
                    i--;
                } else {
                    j--;
                }
            }
        }
        return new CommonSubsequence(bytes, matches);
    }
}

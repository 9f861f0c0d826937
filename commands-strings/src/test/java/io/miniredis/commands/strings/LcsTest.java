package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class LcsTest extends CommandTest {
    @Test
    void findsTheLongest() {
        send("MSET", "a", "ohmytext", "b", "mynewtext");
        assertEquals("'mytext'", send("LCS", "a", "b"));
        assertEquals("6", send("LCS", "a", "b", "LEN"));
    }

    @Test
    void idxNamesTheMatches() {
        send("MSET", "a", "ohmytext", "b", "mynewtext");
        assertEquals("['matches', [[[4, 7], [5, 8]], [[2, 3], [0, 1]]], 'len', 6]", send("LCS", "a", "b", "IDX"));
        assertEquals(
                "['matches', [[[4, 7], [5, 8], 4]], 'len', 6]",
                send("LCS", "a", "b", "IDX", "MINMATCHLEN", "4", "WITHMATCHLEN"));
    }

    @Test
    void missingKeysAreEmpty() {
        send("SET", "a", "x");
        assertEquals("''", send("LCS", "a", "b"));
        assertEquals("0", send("LCS", "b", "a", "LEN"));
    }

    @Test
    void lenAndIdxContradict() {
        assertEquals(
                "-ERR If you want both the length and indexes, please just use IDX.",
                send("LCS", "a", "b", "LEN", "IDX"));
    }

    @Test
    void otherTypesAreRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused("-ERR The specified keys must contain string values", "k", "LCS", "k", "a");
    }

    @Test
    void isNoLongerThanWhatATableOfLengthsSays() {
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            StringBuilder a = new StringBuilder();
            StringBuilder b = new StringBuilder();
            for (int i = 0; i < 30; i++) {
                a.append((char) ('a' + random.nextInt(3)));
                b.append((char) ('a' + random.nextInt(3)));
            }
            send("MSET", "a", a.toString(), "b", b.toString());
            String found = send("LCS", "a", "b");
            assertEquals(send("LCS", "a", "b", "LEN"), String.valueOf(found.length() - 2));
            assertTrue(isWithin(found.substring(1, found.length() - 1), a)
                    && isWithin(found.substring(1, found.length() - 1), b));
        }
    }

    private static boolean isWithin(String subsequence, CharSequence text) {
        int found = 0;
        for (int i = 0; i < text.length() && found < subsequence.length(); i++) {
            if (text.charAt(i) == subsequence.charAt(found)) {
                found++;
            }
        }
        return found == subsequence.length();
    }
}

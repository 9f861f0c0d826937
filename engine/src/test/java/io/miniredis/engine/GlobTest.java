package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.Slice;
import io.miniredis.engine.Glob.Case;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns, as Redis 7.0 matches them. */
final class GlobTest {

    private static boolean matches(String pattern, String text) {
        return new Glob(new Slice(pattern.getBytes(ISO_8859_1))).matches(new Slice(text.getBytes(ISO_8859_1)));
    }

    private static boolean matchesAnyCase(String pattern, String text) {
        return new Glob(new Slice(pattern.getBytes(ISO_8859_1)), Case.IGNORED)
                .matches(new Slice(text.getBytes(ISO_8859_1)));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                // pattern, what it matches, what it does not
                "abc,      abc,     abcd",
                "abc,      abc,     ab",
                "\"\",     \"\",    a",
                "*,        \"\",    -",
                "*,        abc,     -",
                "a*,       a,       ba",
                "*a,       bba,     bab",
                "a*b*c,    axbybc,  axbyb",
                "**a**,    a,       b",
                "?,        a,       \"\"",
                "a?c,      abc,     ac",
                "*?,       a,       \"\"",
                "?*?,      ab,      a",
                "h[ae]llo, hallo,   hillo",
                "h[a-c]llo,hbllo,   hdllo",
                "h[c-a]llo,hbllo,   hdllo",
                "h[^e]llo, hallo,   hello",
                "h[^a-c]x, hdx,     hbx",
                "[abc-],   _,       -",
                "[a-],     ^,       b",
                "[-a],     -,       b",
                "[^^],     a,       ^",
                "[a^],     ^,       b",
                "[.],      .,       a",
                "[*],      *,       a",
                "[?],      ?,       a",
                "[[],      [,       a",
                "[a-c]*z,  bxyz,    dxyz",
                "\\*,      *,       a",
                "\\?x,     ?x,      ax",
                "\\[a],    [a],     a",
                "a\\bc,    abc,     a\\bc",
                "\\\\,     \\,      a",
                "a\\,      a\\,     a",
                "[\\]],    ],       a",
                "[\\-a],   -,       b",
                "[a\\],    ],       \\",
                "*[ab],    xxb,     xxc",
                "*\\*,     a*,      a"
            })
    void matchesAsRedisDoes(String pattern, String matching, String other) {
        assertTrue(matches(pattern, matching), pattern + " should match " + matching);
        if (!other.equals("-")) {
            assertFalse(matches(pattern, other), pattern + " should not match " + other);
        }
    }

    @Test
    void anUnfinishedClassExtendsToTheEnd() {
        assertTrue(matches("[abc", "b"));
        assertFalse(matches("[abc", "d"));
        assertFalse(matches("[abc", "bb"));
        assertTrue(matches("x[a-c", "xb"));
        assertTrue(matches("[a-", "-"));
        assertTrue(matches("[a-", "a"));
        assertFalse(matches("[a-", "b"));
        assertFalse(matches("[", "["));
        assertFalse(matches("[", "a"));
        assertTrue(matches("[^", "a"));
        assertFalse(matches("[^", ""));
        assertTrue(matches("[\\", "\\"));
        assertTrue(matches("[ab*", "*"));
    }

    @Test
    void anEmptyClassMatchesNothingAndItsOppositeAll() {
        assertFalse(matches("[]", "a"));
        assertFalse(matches("[]", "]"));
        assertFalse(matches("[]a]", "a"));
        assertTrue(matches("[^]", "a"));
        assertTrue(matches("[^]a", "xa"));
    }

    @Test
    void bytesAreBytes() {
        assertTrue(matches("?", "\u00ff"));
        assertTrue(matches("*\u00ff", "ab\0\u00ff"));
        assertTrue(matches("[\u0080-\u00ff]", "\u00a0"));
        assertFalse(matches("[\u0080-\u00ff]", "a"));
        assertTrue(matches("\0", "\0"));
        assertFalse(matches("\u00e9", "\u00c9"));
    }

    @Test
    void caseIsIgnoredOnRequestForAsciiOnly() {
        assertFalse(matches("A*", "abc"));
        assertTrue(matchesAnyCase("A*C", "abc"));
        assertTrue(matchesAnyCase("a[B-D]", "AC"));
        assertTrue(matchesAnyCase("[b-d]", "C"));
        assertTrue(matchesAnyCase("\\A", "a"));
        assertFalse(matchesAnyCase("\u00e9", "\u00c9"));
        // An escape inside a class is exact, also in Redis.
        assertFalse(matchesAnyCase("[\\A]", "a"));
        assertTrue(matchesAnyCase("[\\A]", "A"));
    }

    /** Trying each star at each place would take longer than anyone can wait. */
    @Test
    void manyStarsDoNotExplode() {
        String text = "a".repeat(20_000);
        assertFalse(matches("*a".repeat(60) + "*b", text));
        assertTrue(matches("*a".repeat(60) + "*", text));
        assertFalse(matches("a*".repeat(60) + "b", text));
        assertFalse(matches("*?".repeat(60) + "*[^a]", text));
    }

    @Test
    void aGlobCanBeUsedAgain() {
        Glob glob = new Glob(new Slice("a[b-c]*".getBytes(ISO_8859_1)));
        for (int i = 0; i < 3; i++) {
            assertEquals(true, glob.matches(new Slice("abx".getBytes(ISO_8859_1))));
            assertEquals(false, glob.matches(new Slice("adx".getBytes(ISO_8859_1))));
        }
    }

    @Test
    void thePatternIsCopied() {
        byte[] pattern = "abc".getBytes(ISO_8859_1);
        Glob glob = new Glob(new Slice(pattern));
        pattern[0] = 'x';
        assertTrue(glob.matches(new Slice("abc".getBytes(ISO_8859_1))));
    }

    /** Each byte of the text is compared with each of the pattern at most, whatever the pattern. */
    @ParameterizedTest
    @ValueSource(strings = {"a*a*a*a*a*a*a*a*b", "*a*a*a*a*a*a*a*ab", "*?a*?a*?a*?a*?b", "*[a]*[a]*[a]*[a]*[^a]"})
    void noPatternTakesMoreStepsThanItsLengthTimesTheText(String pattern) {
        Glob glob = new Glob(new Slice(pattern.getBytes(ISO_8859_1)));
        int length = 2000;
        long steps = ~glob.compare(new Slice("a".repeat(length).getBytes(ISO_8859_1)));
        assertTrue(steps >= 0, "it matches");
        assertTrue(steps <= (long) length * pattern.length(), steps + " steps");
    }

    @Test
    void bytesOver7fAreNegative() {
        assertTrue(matches("[a-\u00ff]", "A"));
        assertTrue(matches("[\u00ff-a]", "\u00ff"));
        assertFalse(matches("[a-\u00ff]", "z"));
        assertTrue(matches("[\u0080-\u00ff]", "\u0090"));
    }

    @Test
    void onlyASingleStarMatchesNothing() {
        assertTrue(matches("*", ""));
        assertFalse(matches("**", ""));
        assertTrue(matches("a**", "a"));
    }
}

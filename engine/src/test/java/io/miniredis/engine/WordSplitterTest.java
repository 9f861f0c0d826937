package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WordSplitterTest {
    @Test
    void blanksSeparateWords() {
        assertEquals(List.of("bind", "127.0.0.1", "::1"), WordSplitter.split("  bind\t127.0.0.1   ::1 \r"));
        assertEquals(List.of(), WordSplitter.split("   "));
    }

    @Test
    void quotesKeepBlanks() {
        assertEquals(List.of("logfile", "a b", "c \"d\""), WordSplitter.split("logfile \"a b\" 'c \"d\"'"));
        assertEquals(List.of("save", "", ""), WordSplitter.split("save \"\" ''"));
    }

    @Test
    void doubleQuotesKnowEscapes() {
        assertEquals(List.of("\n\r\t\b\u0007"), WordSplitter.split("\"\\n\\r\\t\\b\\a\""));
        assertEquals(List.of("A\\\"q"), WordSplitter.split("\"\\x41\\\\\\\"\\q\""));
        assertEquals(List.of("\u00e4", "x4", "xzz"), WordSplitter.split("\"\\xc3\\xa4\" \"\\x4\" \"\\xzz\""));
    }

    @Test
    void aWordNeedNotBeText() {
        assertArrayEquals(
                new byte[] {(byte) 0xff, 0},
                WordSplitter.splitBytes("\"\\xff\\x00\"").get(0));
    }

    @Test
    void singleQuotesKnowOnlyTheQuote() {
        assertEquals(List.of("it's \\n"), WordSplitter.split("'it\\'s \\n'"));
    }

    @Test
    void aQuoteMayBeginWithinAWord() {
        assertEquals(List.of("name=a b"), WordSplitter.split("name=\"a b\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a", "'a", "\"a\"b", "'a'b", "\"a\\\"", "\"a\\", "a\"", "'"})
    void quotesMustBeClosedAtTheEndOfAWord(String line) {
        assertThrows(IllegalArgumentException.class, () -> WordSplitter.split(line));
    }
}

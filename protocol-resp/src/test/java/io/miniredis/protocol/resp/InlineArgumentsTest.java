package io.miniredis.protocol.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each line was compared with redis-server 7.0.15. */
final class InlineArgumentsTest {
    @Test
    void argumentsAreSeparatedByBlanks() {
        assertEquals(List.of("a", "b", "c"), split("  a \t b   c "));
        assertEquals(List.of("a", "b"), split("a\rb"));
    }

    @Test
    void verticalTabsAndFormFeedsSeparateOnlyBetweenArguments() {
        assertEquals(List.of("a\u000b", "b\f"), split("\u000ba\u000b \fb\f"));
    }

    @Test
    void quotesHoldBlanks() {
        assertEquals(List.of("a b", "c d"), split("\"a b\" 'c d'"));
    }

    @Test
    void quotesMayHoldNothing() {
        assertEquals(List.of("", ""), split("\"\" ''"));
    }

    @Test
    void quotesMayBeginWithinAnArgument() {
        assertEquals(List.of("foo bar"), split("fo\"o bar\""));
    }

    @Test
    void doubleQuotesKnowEscapes() {
        assertEquals(List.of("aA\n\r\t\b\u0007q\"\\z"), split("\"a\\x41\\n\\r\\t\\b\\a\\q\\\"\\\\z\""));
        assertEquals(List.of("\u00ff\0"), split("\"\\xfF\\x00\""));
    }

    @Test
    void anEscapeThatIsNotHexadecimalIsAnX() {
        assertEquals(List.of("xZZ", "x4", "x"), split("\"\\xZZ\" \"\\x4\" \"\\x\""));
    }

    @Test
    void singleQuotesKnowOneEscape() {
        assertEquals(List.of("a'b\\n"), split("'a\\'b\\n'"));
    }

    @Test
    void outsideOfQuotesABackslashIsAByte() {
        assertEquals(List.of("a\\nb"), split("a\\nb"));
    }

    @Test
    void blanksMayFollowQuotes() {
        assertEquals(List.of("a"), split("\"a\"\u000b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "'", "a \"b", "a 'b", "\"a\"b", "'a'b", "\"a\\\"", "'a\\'", "\"a\"'b'", "\"a\\"})
    void quotesMustEndWithTheirArgument(String line) {
        assertEquals("unbalanced quotes in request", Decoding.error(line + "\r\n"));
    }

    private static List<String> split(String line) {
        return Decoding.requests(line + "\r\n").get(0);
    }
}

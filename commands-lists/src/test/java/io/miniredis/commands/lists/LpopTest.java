package io.miniredis.commands.lists;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LpopTest extends CommandTest {
    private static final String NOT_POSITIVE = "-ERR value is out of range, must be positive";

    @Test
    void takesTheFirstElement() {
        send("RPUSH", "l", "a", "b", "c", "d");
        assertEquals("'a'", send("LPOP", "l"));
        assertEquals("['b', 'c', 'd']", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void aCountTakesSeveralFromTheHeadOn() {
        send("RPUSH", "l", "a", "b", "c", "d");
        assertEquals("['a', 'b', 'c']", send("LPOP", "l", "3"));
        assertEquals("['d']", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void aCountOfOneIsStillAnArray() {
        send("RPUSH", "l", "a", "b", "c", "d");
        assertEquals("['a']", send("LPOP", "l", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "5", "9223372036854775807"})
    void aCountMayBeMoreThanThereIs(String count) {
        send("RPUSH", "l", "a", "b", "c", "d");
        assertEquals("['a', 'b', 'c', 'd']", send("LPOP", "l", count));
        assertEquals("0", send("EXISTS", "l"));
    }

    @Test
    void aListWithoutElementsIsNoMore() {
        send("RPUSH", "l", "a");
        send("EXPIRE", "l", "100");
        assertEquals("'a'", send("LPOP", "l"));
        assertEquals("0", send("EXISTS", "l"));
        assertEquals("+none", send("TYPE", "l"));
        send("RPUSH", "l", "b");
        assertEquals("-1", send("TTL", "l"));
    }

    @Test
    void theExpiryStays() {
        send("RPUSH", "l", "a", "b");
        send("EXPIRE", "l", "100");
        send("LPOP", "l");
        assertEquals("100", send("TTL", "l"));
    }

    @Test
    void noSuchListIsNull() {
        assertEquals("$-1\r\n", client.wire("LPOP", "l"));
        assertEquals("*-1\r\n", client.wire("LPOP", "l", "1"));
        assertEquals("*-1\r\n", client.wire("LPOP", "l", "0"));
        client.resp3();
        assertEquals("_\r\n", client.wire("LPOP", "l"));
        assertEquals("_\r\n", client.wire("LPOP", "l", "1"));
        assertEquals("_\r\n", client.wire("LPOP", "l", "0"));
    }

    @Test
    void aCountOfZeroTakesNothing() {
        send("RPUSH", "l", "a", "b");
        assertRefused("[]", "l", "LPOP", "l", "0");
    }

    @Test
    void aLongListIsTakenApartInOrder() {
        for (int i = 0; i < 3_000; i++) {
            send("RPUSH", "l", "element:" + i);
        }
        for (int i = 0; i < 1_000; i++) {
            assertEquals("'element:" + i + "'", send("LPOP", "l"));
        }
        String expected = IntStream.range(1_000, 3_000)
                .mapToObj(i -> "'element:" + i + "'")
                .collect(joining(", ", "[", "]"));
        assertEquals(expected, send("LPOP", "l", "2000"));
        assertEquals("0", send("EXISTS", "l"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "abc", "", "1.5", "9223372036854775808"})
    void aCountThatIsNegativeOrNoNumberIsRefused(String count) {
        send("RPUSH", "l", "a", "b");
        assertRefused(NOT_POSITIVE, "l", "LPOP", "l", count);
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "l");
        assertEquals(WRONG_TYPE, send("LPOP", "l"));
        assertEquals(WRONG_TYPE, send("LPOP", "l", "1"));
        assertEquals(WRONG_TYPE, send("LPOP", "l", "0"));
        assertEquals("+other", send("TYPE", "l"));
    }

    @Test
    void theCountIsCheckedBeforeTheType() {
        send("TESTKIT.OTHER", "l");
        assertEquals(NOT_POSITIVE, send("LPOP", "l", "-1"));
    }

    @Test
    void takesNoMoreThanACount() {
        send("RPUSH", "l", "a");
        assertRefused("-ERR wrong number of arguments for 'lpop' command", "l", "LPOP", "l", "1", "2");
        assertEquals("-ERR wrong number of arguments for 'lpop' command", send("LPOP"));
    }
}

package io.miniredis.commands.lists;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LrangeTest extends CommandTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "0 | -1 | ['a', 'b', 'c', 'd', 'e']",
                "0 | 0 | ['a']",
                "-1 | -1 | ['e']",
                "1 | 3 | ['b', 'c', 'd']",
                "-3 | -2 | ['c', 'd']",
                "-100 | 1 | ['a', 'b']",
                "3 | 100 | ['d', 'e']",
                "-100 | 100 | ['a', 'b', 'c', 'd', 'e']",
                "3 | 2 | []",
                "5 | 6 | []",
                "0 | -6 | []",
                "-1 | 0 | []",
                "-9223372036854775808 | 9223372036854775807 | ['a', 'b', 'c', 'd', 'e']",
                "9223372036854775807 | 9223372036854775807 | []"
            })
    void bothIndexesAreIncludedAndNegativeOnesCountFromTheTail(String start, String stop, String expected) {
        send("RPUSH", "l", "a", "b", "c", "d", "e");
        assertEquals(expected, send("LRANGE", "l", start, stop));
    }

    /** Against an array, at indexes all over a list of many chunks. */
    @Test
    void rangesOfALongListAreFoundFromBothEnds() {
        int size = 5_000;
        for (int i = 0; i < size; i++) {
            send("RPUSH", "l", "element:" + i);
        }
        for (int from = 0; from < size; from += 137) {
            int start = from;
            int stop = Math.min(size - 1, from + from % 300);
            String expected = IntStream.rangeClosed(start, stop)
                    .mapToObj(i -> "'element:" + i + "'")
                    .collect(joining(", ", "[", "]"));
            assertEquals(expected, send("LRANGE", "l", String.valueOf(start), String.valueOf(stop)));
            assertEquals(expected, send("LRANGE", "l", String.valueOf(start - size), String.valueOf(stop - size)));
        }
    }

    @Test
    void noSuchListIsEmpty() {
        assertEquals("*0\r\n", client.wire("LRANGE", "l", "0", "-1"));
        assertEquals("*0\r\n", client.resp3().wire("LRANGE", "l", "0", "-1"));
    }

    @Test
    void anExpiredListIsEmpty() {
        send("RPUSH", "l", "a");
        send("PEXPIRE", "l", "5");
        server.advance(Duration.ofMillis(6));
        assertEquals("[]", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void indexesAreCheckedBeforeTheType() {
        send("TESTKIT.OTHER", "l");
        assertEquals(NOT_AN_INTEGER, send("LRANGE", "l", "a", "0"));
        assertEquals(NOT_AN_INTEGER, send("LRANGE", "l", "0", "1.5"));
        assertEquals(NOT_AN_INTEGER, send("LRANGE", "nothing", "0", ""));
        assertEquals(WRONG_TYPE, send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void takesExactlyTwoIndexes() {
        assertEquals("-ERR wrong number of arguments for 'lrange' command", send("LRANGE", "l", "0"));
        assertEquals("-ERR wrong number of arguments for 'lrange' command", send("LRANGE", "l", "0", "1", "2"));
    }

    /** All replies of a pipeline are read at its end, so what is lent to the first was changed in each way meanwhile. */
    @Test
    void aLongReplyShowsTheListAsItWas() {
        int size = 30_000;
        fill(size);
        String before = elements(0, size - 1);
        List<String> replies = client.pipeline(
                "LRANGE l 0 -1",
                "LPOP l",
                "RPOP l",
                "LPUSH l head",
                "RPUSH l tail",
                "LRANGE l 1 " + (size - 2),
                "LPOP l 20000",
                "LLEN l",
                "LRANGE l 0 -1",
                "FLUSHALL");
        assertEquals(before, replies.get(0));
        assertEquals(elements(1, size - 2), replies.get(5));
        assertEquals("10000", replies.get(7));
        assertEquals(elements(20_000, size - 2).replace("]", ", 'tail']"), replies.get(8));
        assertEquals("[]", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void aListThatWasLentIsWeighedLikeAnyOther() {
        fill(30_000);
        String before = send("INFO", "memory").replaceAll("(?s).*used_memory:(\\d+).*", "$1");
        send("LRANGE", "l", "0", "-1");
        for (int i = 0; i < 3; i++) {
            send("RPUSH", "l", "x");
            send("LPUSH", "l", "x");
            send("RPOP", "l");
            send("LPOP", "l");
        }
        String after = send("INFO", "memory").replaceAll("(?s).*used_memory:(\\d+).*", "$1");
        assertEquals(before, after);
    }

    /** Ranges that begin and end anywhere in a chunk, large enough to be lent. */
    @Test
    void longRangesBeginAndEndAnywhere() {
        int size = 20_000;
        fill(size);
        for (int start = 0; start < 400; start += 7) {
            int stop = size - 1 - start * 3 % 411;
            assertEquals(elements(start, stop), send("LRANGE", "l", "" + start, "" + stop));
        }
    }

    @Test
    void largeElementsAreReadBack() {
        String large = "x".repeat(200_000);
        send("RPUSH", "l", "a", large, "b", large);
        assertEquals(
                List.of("['a', '" + large + "', 'b', '" + large + "']", "'" + large + "'", "['" + large + "', 'b']"),
                client.pipeline("LRANGE l 0 -1", "RPOP l", "LRANGE l 1 2"));
    }

    private void fill(int size) {
        String[] push = new String[size + 2];
        push[0] = "RPUSH";
        push[1] = "l";
        for (int i = 0; i < size; i++) {
            push[i + 2] = "element:" + i;
        }
        send(push);
    }

    private static String elements(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> "'element:" + i + "'")
                .collect(joining(", ", "[", "]"));
    }
}

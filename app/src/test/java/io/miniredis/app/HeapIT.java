package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The image with a small heap and no {@code maxmemory}: whatever clients send, it refuses what does not fit and goes on. */
@Timeout(180)
final class HeapIT extends SmallHeapTestCase {
    private static final String NO_ROOM = "-OOM the heap has no room for a request of this size\r\n";
    private static final int PIPELINE = 64;

    private static IntFunction<List<String>> writes(String kind, int valueBytes) {
        String value = "v".repeat(valueBytes);
        return kind.equals("list")
                ? i -> List.of("RPUSH", "list:" + i % 10, value)
                : i -> List.of("SET", "key:" + i, value);
    }

    @ParameterizedTest
    @CsvSource({"string, 100", "list, 100", "string, 1000000", "list, 1000000"})
    void refusesWhatDoesNotFitAndGoesOn(String kind, int valueBytes) {
        IntFunction<List<String>> writes = writes(kind, valueBytes);
        int atATime = valueBytes > 1000 ? 1 : PIPELINE;
        int sent = fill(writes, atATime);
        long left = info("jvm_heap_data_max") - info("used_memory");
        assertTrue(Math.abs(left) < MEGABYTE + valueBytes, left + " bytes left");

        assertEquals(OOM, call("SET", "key:0", "v".repeat(2 * valueBytes)));
        String first = kind.equals("list") ? call("LRANGE", "list:0", "0", "0") : call("GET", "key:0");
        assertTrue(first.contains("v".repeat(valueBytes)));
        assertEquals(":1\r\n", call("DEL", kind.equals("list") ? "list:0" : "key:0"));
        // What goes and comes at the limit is garbage again and again.
        for (int i = 0; i < 20; i++) {
            fill(writes, atATime);
            call("DEL", kind.equals("list") ? "list:" + i % 10 : "key:" + i);
        }
        assertEquals("+OK\r\n", call("FLUSHALL"));
        int again = fill(writes, atATime);
        assertTrue(again > sent * 0.9, again + " after " + sent);
        assertEquals("*2\r\n$9\r\nmaxmemory\r\n$1\r\n0\r\n", call("CONFIG", "GET", "maxmemory"));
    }

    @Test
    void cutsOffWhoSendsMoreThanTheHeapHolds() throws IOException {
        try (RawClient greedy = new RawClient(server.port())) {
            greedy.send("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$536870912\r\n" + "x".repeat(MEGABYTE));
            // If bytes were on their way when the server closed, the system may drop its last words.
            String end = greedy.read().raw();
            assertTrue(end.equals(NO_ROOM) || end.equals(RawReply.CLOSED.raw()), end);
        }
        assertEquals("+PONG\r\n", call("PING"));
        assertEquals("$-1\r\n", call("GET", "k"));
    }

    @Test
    void cutsOffSomeOfManyWhoSendWhatOneAloneMay() throws IOException {
        String value = "x".repeat(3 * MEGABYTE);
        String unfinished = "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$" + value.length() + "\r\n" + value;
        List<RawClient> greedy = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                greedy.add(new RawClient(server.port()));
                greedy.get(i).send(unfinished);
            }
            int stored = 0;
            for (RawClient each : greedy) {
                each.send("\r\n");
                stored += each.read().raw().equals("+OK\r\n") ? 1 : 0;
            }
            assertTrue(stored > 0 && stored < greedy.size(), stored + " stored");
        } finally {
            for (RawClient each : greedy) {
                each.close();
            }
        }
        assertEquals("$" + value.length() + "\r\n" + value + "\r\n", call("GET", "k"));
    }

    /** A table, copies and results that take many times what the keys do. */
    @Test
    void refusesResultsAndCopiesThatTheHeapCannotTake() {
        int length = 8 * MEGABYTE;
        String text = "x".repeat(6000);
        assertEquals("+OK\r\n", call("MSET", "a", text, "b", text));
        assertEquals(":" + length + "\r\n", call("SETRANGE", "large", "" + (length - 1), "x"));
        assertEquals(OOM, call("LCS", "a", "b"));
        assertEquals(":6000\r\n", call("LCS", "a", "b", "LEN"));
        assertEquals(OOM, call("DUMP", "large"));
        assertEquals("+OK\r\n", call("RESTORE", "c", "0", dumpOf("a")));
        for (int i = 0; i < 100; i++) {
            String copied = call("COPY", "large", "copy:" + i);
            assertTrue(copied.equals(":1\r\n") || copied.equals(OOM), copied);
            String combined = call("BITOP", "NOT", "not:" + i, "large");
            assertTrue(combined.equals(":" + length + "\r\n") || combined.equals(OOM), combined);
        }
        assertEquals(":0\r\n", call("EXISTS", "copy:99", "not:99"));
        assertEquals(":" + length + "\r\n", call("STRLEN", "copy:0"));
        assertEquals("+PONG\r\n", call("PING"));
    }

    private String dumpOf(String key) {
        String raw = call("DUMP", key);
        return raw.substring(raw.indexOf('\n') + 1, raw.length() - 2);
    }

    @Test
    void refusesToSortWhatDoesNotFitWhileItIsSorted() {
        StringBuilder pipeline = new StringBuilder();
        List<String> push = new ArrayList<>(List.of("RPUSH", "list"));
        for (int i = 0; i < 1000; i++) {
            push.add("" + i % 10);
        }
        int pushes = 1000;
        for (int i = 0; i < pushes; i++) {
            pipeline.append(RawClient.encode(push));
        }
        client.send(pipeline.toString());
        for (int i = 1; i <= pushes; i++) {
            assertEquals(":" + 1000 * i + "\r\n", client.read().raw());
        }
        assertEquals(OOM, call("SORT", "list"));
        assertEquals(OOM, call("SORT", "list", "ALPHA", "STORE", "sorted"));
        assertEquals(OOM, call("SORT_RO", "list", "BY", "nosort", "LIMIT", "0", "1"));
        assertEquals(":0\r\n", call("EXISTS", "sorted"));
        assertEquals("+OK\r\n", call("LTRIM", "list", "0", "999"));
        assertEquals(":1000\r\n", call("SORT", "list", "STORE", "sorted"));
    }

    @Test
    void refusesValuesThatAFewBytesAskFor() {
        assertEquals(OOM, call("SETRANGE", "k", "536870911", "x"));
        assertEquals(OOM, call("SETBIT", "k", "4294967295", "1"));
        assertEquals(":0\r\n", call("EXISTS", "k"));
        assertEquals(":0\r\n", call("SETBIT", "k", "8000000", "1"));
    }
}

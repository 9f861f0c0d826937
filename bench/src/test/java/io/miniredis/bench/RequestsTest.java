package io.miniredis.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miniredis.api.transport.RequestBatch;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RequestsTest {

    private static String argument(RequestBatch batch, int request, int index) {
        int argument = batch.firstArgument(request) + index;
        return new String(batch.buffer(), batch.offset(argument), batch.length(argument), US_ASCII);
    }

    @Test
    void eachKeyIsNamedOnce() {
        Requests requests = Requests.of(1000, "SET", Requests.KEY, Requests.VALUE);
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            RequestBatch batch = requests.next(10);
            for (int request = 0; request < batch.size(); request++) {
                assertEquals(3, batch.argumentCount(request));
                assertEquals("SET", argument(batch, request, 0));
                assertEquals(Requests.VALUE, argument(batch, request, 2));
                keys.add(argument(batch, request, 1));
            }
        }
        assertEquals(1000, keys.size());
        requests.next(1);
        assertEquals(1000, requests.size());
    }

    @Test
    void argumentsCanBeRepeatedWithOtherKeys() {
        RequestBatch batch =
                Requests.repeating(10, 10, "MSET", Requests.KEY, Requests.VALUE).next(1);
        Set<String> keys = new HashSet<>();
        for (int i = 1; i < batch.argumentCount(0); i += 2) {
            keys.add(argument(batch, 0, i));
        }
        assertEquals(10, keys.size());
    }

    @Test
    void twoKindsTakeTurnsOnTheSameKey() {
        RequestBatch batch = Requests.of(100, "LPUSH", Requests.KEY, Requests.ELEMENT)
                .alternatingWith("LPOP", 1)
                .next(4);
        assertEquals("LPUSH", argument(batch, 0, 0));
        assertEquals(Requests.ELEMENT, argument(batch, 0, 2));
        assertEquals("LPOP", argument(batch, 1, 0));
        assertEquals(2, batch.argumentCount(1));
        assertEquals(argument(batch, 0, 1), argument(batch, 1, 1));
        assertEquals("LPUSH", argument(batch, 2, 0));
    }
}

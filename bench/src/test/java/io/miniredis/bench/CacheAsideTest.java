package io.miniredis.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client against a server that evicts what was set first. */
final class CacheAsideTest {
    private final Map<String, String> cache = new LinkedHashMap<>();
    private int most = Integer.MAX_VALUE;
    private int gets;
    private int evicted = 7;
    private FakeServer server;

    @BeforeEach
    void listen() throws IOException {
        server = new FakeServer(this::answer);
    }

    @AfterEach
    void stopListening() throws IOException {
        server.close();
    }

    private String answer(List<String> request) {
        switch (request.get(0)) {
            case "GET" -> {
                gets++;
                String value = cache.get(request.get(1));
                return value == null ? "$-1\r\n" : "$" + value.length() + "\r\n" + value + "\r\n";
            }
            case "SET" -> {
                cache.put(request.get(1), request.get(2));
                if (cache.size() > most) {
                    cache.remove(cache.keySet().iterator().next());
                    evicted++;
                }
                return "+OK\r\n";
            }
            case "INFO" -> {
                String stats = "evicted_keys:" + evicted;
                return "$" + stats.length() + "\r\n" + stats + "\r\n";
            }
            case "DBSIZE" -> {
                return ":" + cache.size() + "\r\n";
            }
            default -> {
                return "-ERR unknown\r\n";
            }
        }
    }

    private CacheAside.Result replay(Trace trace, double perSecond) throws IOException {
        try (RespClient client = new RespClient(server.port())) {
            return new CacheAside(client).replay(trace, perSecond);
        }
    }

    @Test
    void keyThatWasMissedIsThereWhenItIsAskedForAgain() throws IOException {
        Trace trace =
                Trace.of("random", new SplittableRandom(3).ints(5000, 0, 300).toArray());
        CacheAside.Result result = replay(trace, 0);
        assertEquals(5000 - trace.distinct(), result.hits());
        assertEquals(5000, gets);
    }

    @Test
    void keyThatFollowsItselfHits() throws IOException {
        assertEquals(4, replay(Trace.of("some", 1, 1, 1, 2, 2, 1), 0).hits());
    }

    @Test
    void whatWasEvictedIsMissed() throws IOException {
        most = 40;
        assertEquals(0, replay(Trace.loop(15_000), 0).hits());
    }

    @Test
    void keysThatAreHeldAreCountedOnceTheServerIsFull() throws IOException {
        most = 4000;
        CacheAside.Result result = replay(Trace.loop(15_000), 0);
        assertEquals(4000, result.held());
        assertTrue(result.full());
    }

    @Test
    void serverThatHasRoomForAllIsNeverFull() throws IOException {
        CacheAside.Result result = replay(Trace.loop(15_000), 0);
        assertEquals(5500, result.held());
        assertFalse(result.full());
    }

    @Test
    void paceDoesNotChangeWhatHits() throws IOException {
        assertEquals(4, replay(Trace.of("some", 1, 1, 1, 2, 2, 1), 1000).hits());
    }

    @Test
    void errorIsAFailure() throws IOException {
        try (RespClient client = new RespClient(server.port())) {
            client.send(RespClient.request("NONSENSE"));
            BenchFailure failure = assertThrows(BenchFailure.class, client::skipValue);
            assertTrue(failure.getMessage().contains("ERR unknown"));
        }
    }
}

package io.miniredis.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExactLruTest {

    @Test
    void leastRecentlyUsedGoesFirst() {
        ExactLru lru = new ExactLru(Trace.of("some", 1, 2, 3, 1, 4, 2, 1));
        assertEquals(0, lru.hits(0));
        assertEquals(0, lru.hits(1));
        assertEquals(0, lru.hits(2));
        assertEquals(2, lru.hits(3), "1 both times; 2 had to make room for 4");
        assertEquals(3, lru.hits(4));
        assertEquals(3, lru.hits(100));
    }

    @Test
    void keyThatIsRepeatedHitsInTheSmallestCache() {
        assertEquals(2, new ExactLru(Trace.of("some", 5, 5, 5, 6)).hits(1));
    }

    @Test
    void isWhatACacheInThatOrderDoes() {
        Trace trace = Trace.scans(30_000);
        ExactLru lru = new ExactLru(trace);
        for (int cached : new int[] {1, 10, 1000, 5000, 20_000}) {
            assertEquals(hitsOfACache(trace, cached), lru.hits(cached));
        }
    }

    private static int hitsOfACache(Trace trace, int cached) {
        Map<Integer, Boolean> cache = new LinkedHashMap<>(16, 0.75f, true);
        int hits = 0;
        for (int request = 0; request < trace.requests(); request++) {
            hits += cache.get(trace.key(request)) == null ? 0 : 1;
            cache.put(trace.key(request), true);
            if (cache.size() > cached) {
                cache.remove(cache.keySet().iterator().next());
            }
        }
        return hits;
    }
}

package io.miniredis.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BeladyTest {

    @Test
    void keyThatIsUsedLastGoes() {
        assertEquals(2, Belady.hits(Trace.of("some", 1, 2, 3, 1, 2, 3), 2));
        assertEquals(3, Belady.hits(Trace.of("some", 1, 2, 3, 1, 2, 3), 3));
    }

    @Test
    void cacheOfOneKeyHitsWhatIsRepeated() {
        assertEquals(3, Belady.hits(Trace.of("some", 1, 1, 2, 2, 1, 1), 1));
    }

    @Test
    void noChoiceOfWhatGoesHitsMore() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 200; i++) {
            Trace trace = Trace.of("random", random.ints(11, 0, 5).toArray());
            int cached = 1 + i % 4;
            assertEquals(mostHits(trace, 0, Set.of(), cached), Belady.hits(trace, cached));
        }
    }

    @Test
    void lruDoesNotHitMore() {
        for (Trace trace : Trace.all(100_000)) {
            int optimum = Belady.hits(trace, trace.cached());
            assertTrue(optimum > new ExactLru(trace).hits(trace.cached()), trace.name());
        }
    }

    /** Tries out everything. */
    private static int mostHits(Trace trace, int request, Set<Integer> cache, int cached) {
        if (request == trace.requests()) {
            return 0;
        }
        int key = trace.key(request);
        if (cache.contains(key)) {
            return 1 + mostHits(trace, request + 1, cache, cached);
        }
        if (cache.size() < cached) {
            return mostHits(trace, request + 1, exchanged(cache, null, key), cached);
        }
        return cache.stream()
                .mapToInt(victim -> mostHits(trace, request + 1, exchanged(cache, victim, key), cached))
                .max()
                .orElseThrow();
    }

    private static Set<Integer> exchanged(Set<Integer> cache, Integer victim, int key) {
        Set<Integer> next = new HashSet<>(cache);
        next.remove(victim);
        next.add(key);
        return next;
    }
}

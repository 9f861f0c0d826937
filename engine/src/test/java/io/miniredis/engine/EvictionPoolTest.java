package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A few candidates, the best of those that were offered. */
final class EvictionPoolTest {
    private final EvictionPool pool = new EvictionPool();

    private void fill() {
        for (int i = 0; i < EvictionPool.CAPACITY; i++) {
            pool.add(0, 100 + i, 0, 10L * i);
        }
    }

    private Set<Integer> tags() {
        Set<Integer> tags = new TreeSet<>();
        for (int i = 0; i < pool.size(); i++) {
            tags.add(pool.tag(i));
        }
        return tags;
    }

    @Test
    void ofNoneNoneIsHighest() {
        assertEquals(-1, pool.highest());
    }

    @Test
    void theHighestIsFound() {
        fill();
        assertEquals(115, pool.tag(pool.highest()));
        pool.rank(3, 1000);
        assertEquals(103, pool.tag(pool.highest()));
    }

    @Test
    void whenFullTheLowestMakesRoomForABetterOne() {
        fill();
        assertTrue(pool.takes(1));
        pool.add(0, 7, 0, 55);
        assertEquals(EvictionPool.CAPACITY, pool.size());
        assertTrue(pool.contains(0, 7));
        assertFalse(pool.contains(0, 100));
        assertFalse(pool.takes(10));
        assertTrue(pool.takes(11));
    }

    @Test
    void whenFullOneThatIsNoBetterIsNotTaken() {
        fill();
        assertFalse(pool.takes(0));
        assertFalse(pool.takes(-5));
        pool.rank(0, 1000);
        assertFalse(pool.takes(10));
        pool.drop(3);
        assertTrue(pool.takes(-5));
    }

    @Test
    void databasesAreKeptApart() {
        pool.add(2, 7, 99, 1);
        assertFalse(pool.contains(0, 7));
        assertTrue(pool.contains(2, 7));
        assertEquals(2, pool.database(0));
        assertEquals(99, pool.hash(0));
    }

    @Test
    void whatIsDroppedIsForgottenAndNothingElse() {
        fill();
        Set<Integer> left = tags();
        left.remove(104);
        pool.drop(4);
        assertEquals(left, tags());
        assertEquals(115, pool.tag(pool.highest()));
        pool.drop(pool.highest());
        assertEquals(114, pool.tag(pool.highest()));
    }
}

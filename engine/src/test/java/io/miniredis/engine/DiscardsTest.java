package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a test refers to is not found by the collector. */
final class DiscardsTest {
    private final Discards<Object> discards = new Discards<>(2);

    @Test
    void whatWasDiscardedLastIsUsedFirst() {
        Object first = new Object();
        Object second = new Object();
        discards.push(0, first);
        discards.push(0, second);
        assertSame(second, discards.poll(0));
        assertSame(first, discards.poll(0));
        assertNull(discards.poll(0));
    }

    @Test
    void kindsAreKeptApart() {
        Object thing = new Object();
        discards.push(0, thing);
        assertNull(discards.poll(1));
        assertSame(thing, discards.poll(0));
    }

    @Test
    void whatIsUsedCanBeDiscardedAgain() {
        Object thing = new Object();
        for (int i = 0; i < 3; i++) {
            discards.push(1, thing);
            assertSame(thing, discards.poll(1));
        }
        assertNull(discards.poll(1));
    }

    /** The collector takes from the middle, from the top and from below. */
    @Test
    void whatTheCollectorFindsIsForgottenAndTheRestIsNot() {
        List<Object> held = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Object thing = new Object();
            discards.push(0, thing);
            if (i % 3 == 1) {
                held.add(thing);
            }
        }
        collect();
        Object pushedAfterwards = new Object();
        discards.push(0, pushedAfterwards);
        assertSame(pushedAfterwards, discards.poll(0));
        Set<Object> found = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Object thing = discards.poll(0); thing != null; thing = discards.poll(0)) {
            found.add(thing);
        }
        assertEquals(held.size(), found.size());
        held.forEach(found::remove);
        assertEquals(Set.of(), found);
    }

    @Test
    void nothingIsKeptFromTheCollector() {
        for (int i = 0; i < 10; i++) {
            discards.push(0, new Object());
        }
        collect();
        assertNull(discards.poll(0));
    }

    /** Returns when the collector has found what nobody refers to. */
    private static void collect() {
        WeakReference<Object> canary = new WeakReference<>(new Object());
        while (canary.get() != null) {
            System.gc();
        }
    }
}

package io.miniredis.engine;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is interested in which keys of one shard, in the order in which they came. Guarded by the shard's lock.
 *
 * @param <T> who
 */
final class Interests<T> {
    private final Map<DatabaseKey, Set<T>> byKey = new HashMap<>();

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    /** Adds somebody behind all others; nothing happens to who is there already. */
    void add(DatabaseKey key, T interested) {
        byKey.computeIfAbsent(key, unused -> new LinkedHashSet<>()).add(interested);
    }

    void remove(DatabaseKey key, T interested) {
        Set<T> all = byKey.get(key);
        if (all != null && all.remove(interested) && all.isEmpty()) {
            byKey.remove(key);
        }
    }

    /** Who is interested in a key now. */
    List<T> in(DatabaseKey key) {
        Set<T> all = byKey.get(key);
        return all == null ? List.of() : List.copyOf(all);
    }

    boolean has(DatabaseKey key) {
        return byKey.containsKey(key);
    }

    /** The keys that anybody is interested in now. */
    List<DatabaseKey> keys() {
        return List.copyOf(byKey.keySet());
    }
}

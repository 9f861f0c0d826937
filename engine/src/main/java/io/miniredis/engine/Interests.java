package io.miniredis.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who is interested in which keys of one shard, in the order in which they came. Guarded by the shard's lock.
 *
 * @param <T> who; no {@link Set}
 */
final class Interests<T> {
    /** Who is interested in a key: a {@link Set} of them, or the only one. */
    private final Map<DatabaseKey, Object> byKey = new LinkedHashMap<>();

    /** Who is interested in all keys. */
    private final List<T> inAll = new ArrayList<>();

    private boolean empty = true;

    /** Whether nobody is interested in anything. */
    boolean isEmpty() {
        return empty;
    }

    /**
     * Adds somebody behind all others.
     *
     * @return false if he was there already
     */
    boolean add(DatabaseKey key, T interested) {
        Object known = byKey.putIfAbsent(key, interested);
        empty = false;
        if (known == null) {
            return true;
        }
        if (known instanceof Set) {
            return setOf(known).add(interested);
        }
        if (known == interested) {
            return false;
        }
        Set<Object> all = new LinkedHashSet<>();
        all.add(known);
        all.add(interested);
        byKey.put(key, all);
        return true;
    }

    @SuppressWarnings("unchecked")
    private static <T> Set<T> setOf(Object known) {
        return (Set<T>) known;
    }

    void remove(DatabaseKey key, T interested) {
        Object known = byKey.get(key);
        boolean isLast = known instanceof Set
                ? setOf(known).remove(interested) && setOf(known).isEmpty()
                : known == interested;
        if (isLast) {
            byKey.remove(key);
            look();
        }
    }

    /** Adds somebody who is interested in all keys, and is not there yet. */
    void addToAll(T interested) {
        inAll.add(interested);
        empty = false;
    }

    void removeFromAll(T interested) {
        inAll.remove(interested);
        look();
    }

    private void look() {
        empty = byKey.isEmpty() && inAll.isEmpty();
    }

    /** Who is interested in a key now, beside those who are in all. */
    @SuppressWarnings("unchecked")
    List<T> in(DatabaseKey key) {
        Object known = byKey.get(key);
        if (known == null) {
            return List.of();
        }
        return known instanceof Set ? List.copyOf((Set<T>) known) : List.of((T) known);
    }

    /** Who is interested in all keys now. */
    List<T> inAll() {
        return inAll.isEmpty() ? List.of() : List.copyOf(inAll);
    }

    boolean has(DatabaseKey key) {
        return byKey.containsKey(key);
    }

    /** The keys that anybody is interested in now. */
    List<DatabaseKey> keys() {
        return List.copyOf(byKey.keySet());
    }

    /** The one of some keys that has been in somebody's interest for longest; null if there is none. */
    DatabaseKey oldest(Predicate<DatabaseKey> wanted) {
        for (DatabaseKey key : byKey.keySet()) {
            if (wanted.test(key)) {
                return key;
            }
        }
        return null;
    }
}

package io.miniredis.engine;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which clients may have copies of which keys of one shard: they are among the shard's observers, and here is the way back, from a client to
 * its keys. The keys are those of their names in any database, as in Redis. What that takes counts as memory of the shard. Guarded by the
 * shard's lock.
 */
final class TrackedKeys {
    /** About what a key and its first client take beside the name: a key, an array, and an entry with its place in each of two tables. */
    private static final long KEY_BYTES = 176;

    /** About what each further client takes: an entry in a set, and the way back. */
    private static final long ITEM_BYTES = 120;

    private final Interests<KeyObserver> observers;
    private final MemoryMeter memory;
    private final Map<TrackingClient, Set<DatabaseKey>> byClient = new HashMap<>();

    TrackedKeys(Interests<KeyObserver> observers, MemoryMeter memory) {
        this.observers = observers;
        this.memory = memory;
    }

    /** Notes that a client may have a copy of a key; nothing happens if that is known. */
    void add(DatabaseKey key, TrackingClient client, TrackingTable table) {
        boolean isNew = !observers.has(key);
        if (observers.add(key, client)) {
            byClient.computeIfAbsent(client, unused -> new HashSet<>()).add(key);
            table.grew(isNew ? 1 : 0, 1);
            memory.add(isNew ? KEY_BYTES + key.bytes().length : ITEM_BYTES);
        }
    }

    /** Notes that a client has no copy of a key any more. */
    void remove(DatabaseKey key, TrackingClient client, TrackingTable table) {
        Set<DatabaseKey> keys = byClient.get(client);
        if (keys != null && keys.remove(key)) {
            if (keys.isEmpty()) {
                byClient.remove(client);
            }
            removeObserver(key, client, table);
        }
    }

    /** Notes that a client has no copy of any key. */
    void remove(TrackingClient client, TrackingTable table) {
        Set<DatabaseKey> keys = byClient.remove(client);
        if (keys != null) {
            keys.forEach(key -> removeObserver(key, client, table));
        }
    }

    private void removeObserver(DatabaseKey key, TrackingClient client, TrackingTable table) {
        observers.remove(key, client);
        boolean isLast = !observers.has(key);
        table.grew(isLast ? -1 : 0, -1);
        memory.add(isLast ? -KEY_BYTES - key.bytes().length : -ITEM_BYTES);
    }

    /** The clients that may have copies of anything. */
    List<TrackingClient> clients() {
        return List.copyOf(byClient.keySet());
    }

    /** The keys that a client may have copies of. */
    Set<DatabaseKey> keysOf(TrackingClient client) {
        return Collections.unmodifiableSet(byClient.getOrDefault(client, Set.of()));
    }
}

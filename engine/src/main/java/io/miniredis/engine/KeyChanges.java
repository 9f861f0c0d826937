package io.miniredis.engine;

import io.miniredis.api.Slice;
import java.util.List;

/**
 * A worker's part in telling {@link KeyObserver}s what changes: who watches a key, and who has copies of it. Where there is none in a shard,
 * that is one look at the shard. Confined to the worker's thread.
 */
final class KeyChanges {
    private final Worker worker;
    private final Databases databases;

    /** A key that changes, and what is said of it, for all who hear of it. */
    private DatabaseKey told;

    private Message invalidation;

    KeyChanges(Worker worker) {
        this.worker = worker;
        databases = worker.engine.databases();
    }

    /** Tells that the running command has changed a key. */
    void changed(KeyRef key) {
        if (areObserved(key.shard)) {
            tell(key.shard, DatabaseKey.of(key), DatabaseKey.anywhere(key.hash, key.name()), worker.session());
        }
    }

    /** Tells that a key goes without any client having asked for that. */
    void removed(int shard, int database, long hash, Slice name) {
        if (areObserved(shard)) {
            tell(shard, new DatabaseKey(database, hash, name), DatabaseKey.anywhere(hash, name), null);
        }
    }

    /** Whether anybody observes anything in a shard. Its lock is held. */
    boolean areObserved(int shard) {
        return !databases.shard(shard).observers.isEmpty();
    }

    /** @param anywhere the name of the key, as observers know it for whom databases do not matter */
    private void tell(int shard, DatabaseKey key, DatabaseKey anywhere, ClientSession by) {
        Interests<KeyObserver> observers = databases.shard(shard).observers;
        observers.in(key).forEach(observer -> observer.changed(key, by, worker));
        observers.in(anywhere).forEach(observer -> observer.changed(anywhere, by, worker));
        observers.inAll().forEach(observer -> observer.changed(anywhere, by, worker));
    }

    /** What is said of the key that changes now. */
    Message invalidation(DatabaseKey key) {
        if (!key.equals(told)) {
            told = key;
            invalidation = TrackingTable.invalidation(List.of(key.bytes()));
        }
        return invalidation;
    }

    /**
     * Tells who watches keys of a database that they vanish or become others, if they are in one of some tables. Who has copies is told by
     * {@link TrackingTable#flushed}, or not at all.
     */
    void allChange(Shard shard, int database, KeyTable... tables) {
        for (DatabaseKey key : shard.observers.keys()) {
            if (key.database() == database && isIn(key, tables)) {
                shard.observers.in(key).forEach(observer -> observer.changed(key, worker.session(), worker));
            }
        }
    }

    private static boolean isIn(DatabaseKey key, KeyTable... tables) {
        for (KeyTable table : tables) {
            if (key.slotIn(table.segment(key.tag())) >= 0) {
                return true;
            }
        }
        return false;
    }
}

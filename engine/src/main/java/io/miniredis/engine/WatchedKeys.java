package io.miniredis.engine;

import java.util.LinkedHashSet;
import java.util.Set;

/** The keys that a client watches, and whether one of them has changed since. The set belongs to the client's thread. */
final class WatchedKeys implements KeyObserver {
    private final Set<DatabaseKey> keys = new LinkedHashSet<>();

    /** Set under the lock of the key that changed, read for certain only under the locks of all. */
    private volatile boolean broken;

    Set<DatabaseKey> keys() {
        return keys;
    }

    boolean isBroken() {
        return broken;
    }

    void breakUp() {
        broken = true;
    }

    @Override
    public void changed(DatabaseKey key, ClientSession by, Worker worker) {
        breakUp();
    }
}

package io.miniredis.engine;

/** Who is to be told when a key changes: a transaction that depends on it, or a client that has a copy. */
interface KeyObserver {

    /**
     * A key has changed, or is gone. Called under the lock of its shard, by the thread that did it.
     *
     * @param key as the observer has named it
     * @param by whose command did it; null if its time was over or memory was full
     * @param worker of the calling thread
     */
    void changed(DatabaseKey key, ClientSession by, Worker worker);
}

package io.miniredis.engine;

import io.miniredis.api.KeyspaceEvent;
import io.miniredis.api.Slice;
import io.miniredis.api.ValueType;
import io.miniredis.api.eviction.RemovalCause;
import java.util.ArrayList;
import java.util.List;

/**
 * A worker's part in telling {@link Listeners} what happens to keys, under the keys' locks. Is itself the event that they are shown, the
 * same one again and again. Confined to the worker's thread.
 */
final class KeyEvents implements KeyspaceEvent {
    private final Worker worker;
    private final Listeners listeners;
    private final Notifications notifications;

    /** What handlers have named and nobody was told yet. */
    private final List<Named> named = new ArrayList<>();

    /** By which command. */
    private long namedBy;

    private record Named(KeyRef key, Type type, String name) {}

    // The event that is being told.
    private int database;
    private final Slice key = new Slice();
    private Type type;
    private String name;
    private boolean telling;

    KeyEvents(Worker worker) {
        this.worker = worker;
        listeners = worker.engine.listeners();
        notifications = worker.engine.notifications();
    }

    /** Whether anybody listens; if not, nothing here needs to be called. */
    boolean areWanted() {
        return listeners.all() != null;
    }

    /** Whether listeners are being called, who must leave the server alone. */
    boolean areBeingTold() {
        return telling;
    }

    /** Notes what a handler says that it does. */
    void name(KeyRef ref, Type eventType, String eventName) {
        forgetUnless(worker.commandNumber());
        namedBy = worker.commandNumber();
        ref.changes |= KeyRef.NAMED;
        named.add(new Named(ref, eventType, eventName));
    }

    /** Tells what handlers have named, in the order in which they did. */
    void tellNamed() {
        forgetUnless(worker.commandNumber());
        for (int i = 0; i < named.size(); i++) {
            Named event = named.get(i);
            tellOne(event.key, event.type, event.name);
        }
        named.clear();
    }

    /** If nobody listened any more when a command ended, what it named is left over. */
    private void forgetUnless(long command) {
        if (namedBy != command) {
            named.clear();
        }
    }

    /**
     * Tells what was done to a key since this was called last.
     *
     * @param valueType by what the key holds or held
     * @param commandEvent what the running command calls a change
     */
    void tell(KeyRef ref, Type valueType, String commandEvent) {
        int changes = ref.changes;
        ref.changes &= KeyRef.MODIFIED;
        if ((changes & (KeyRef.CREATED | KeyRef.DELETED)) == (KeyRef.CREATED | KeyRef.DELETED)) {
            return; // as if it had never been there
        }
        boolean unnamed = (changes & KeyRef.NAMED) == 0;
        if (unnamed && (changes & KeyRef.CHANGED) != 0) {
            tellOne(ref, valueType, commandEvent);
        }
        if (unnamed && (changes & KeyRef.EXPIRES) != 0) {
            tellOne(ref, Type.GENERIC, "expire");
        }
        if (unnamed && (changes & KeyRef.PERSISTS) != 0) {
            tellOne(ref, Type.GENERIC, "persist");
        }
        if ((changes & KeyRef.DELETED) != 0) {
            tellOne(ref, Type.GENERIC, "del");
        }
    }

    /** Tells that a key was stored and is over in the same moment. */
    void tellOver(KeyRef ref, ValueType<?> valueType, String commandEvent) {
        tellOne(ref, typeOf(valueType), commandEvent);
        tellOne(ref, Type.GENERIC, "expire");
        tellOne(ref, Type.EXPIRED, "expired");
    }

    /** Whether anybody hears of keys that were looked for and are not there. */
    boolean missesAreWanted() {
        return notifications.has(Notifications.MISS);
    }

    void tellMiss(int ofDatabase, Slice ofKey) {
        notifications.publish(worker, Notifications.MISS, ofDatabase, ofKey, "keymiss");
    }

    /** Whether anybody hears of keys that are new. */
    boolean newKeysAreWanted() {
        return notifications.has(Notifications.NEW);
    }

    void tellNew(KeyRef ref) {
        notifications.publish(worker, Notifications.NEW, ref.database, ref.name(), "new");
    }

    /** Tells that a key goes because its time is over or memory is full. */
    void tellRemoval(int ofDatabase, Slice ofKey, RemovalCause cause) {
        if (cause == RemovalCause.EXPIRED) {
            tell(ofDatabase, ofKey, Type.EXPIRED, "expired");
        } else if (cause == RemovalCause.EVICTED) {
            tell(ofDatabase, ofKey, Type.EVICTED, "evicted");
        }
    }

    /** Of what kind an event is that changes values of a type. */
    static Type typeOf(ValueType<?> valueType) {
        return switch (valueType.name()) {
            case "string" -> Type.STRING;
            case "list" -> Type.LIST;
            case "set" -> Type.SET;
            case "hash" -> Type.HASH;
            case "zset" -> Type.SORTED_SET;
            case "stream" -> Type.STREAM;
            default -> Type.MODULE;
        };
    }

    private void tellOne(KeyRef ref, Type eventType, String eventName) {
        tell(ref.database, ref.name(), eventType, eventName);
    }

    private void tell(int ofDatabase, Slice ofKey, Type eventType, String eventName) {
        Listeners.Listener[] all = listeners.all();
        if (all == null) {
            return; // the last one has just left
        }
        database = ofDatabase;
        type = eventType;
        name = eventName;
        telling = true;
        worker.suspendKeys();
        try {
            for (Listeners.Listener listener : all) {
                key.wrap(ofKey.array(), ofKey.offset(), ofKey.length());
                tell(listener);
            }
        } finally {
            worker.resumeKeys();
            telling = false;
        }
    }

    private void tell(Listeners.Listener listener) {
        try {
            listener.listener.changed(this);
        } catch (Throwable e) { // a plugin may throw anything
            listener.failed.accept(e);
        }
    }

    @Override
    public int database() {
        return database;
    }

    @Override
    public Slice key() {
        return key;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Type type() {
        return type;
    }
}

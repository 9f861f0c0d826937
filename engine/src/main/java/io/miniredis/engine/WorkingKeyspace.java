package io.miniredis.engine;

import io.miniredis.api.BytesType;
import io.miniredis.api.CommandException;
import io.miniredis.api.Errors;
import io.miniredis.api.Key;
import io.miniredis.api.Keyspace;
import io.miniredis.api.Slice;
import io.miniredis.api.ValueType;
import io.miniredis.api.eviction.RemovalCause;

/**
 * The keyspace as a worker's running command may use it. Takes only keys of that command; finds each in its shard's table once
 * and remembers where; does the bookkeeping that handlers do not do.
 */
final class WorkingKeyspace implements Keyspace {
    private final Worker worker;
    private final Types types;
    private final Evictions evictions;

    /** Set when a value was handed out to be changed, so that most commands have nothing to settle. */
    private boolean unsettled;

    WorkingKeyspace(Worker worker, Types types, Evictions evictions) {
        this.worker = worker;
        this.types = types;
        this.evictions = evictions;
    }

    @Override
    public <V> V read(Key key, ValueType<V> type) throws CommandException {
        KeyRef ref = own(key);
        if (!findAndTouch(ref)) {
            return null;
        }
        return value(ref, type);
    }

    @Override
    public <V> V write(Key key, ValueType<V> type) throws CommandException {
        KeyRef ref = writable(key);
        if (!findAndTouch(ref)) {
            return null;
        }
        V value = value(ref, type);
        changing(ref);
        return value;
    }

    @Override
    public <V> V writeOrCreate(Key key, ValueType<V> type) throws CommandException {
        V value = write(key, type);
        if (value != null) {
            return value;
        }
        KeyRef ref = (KeyRef) key;
        insert(ref, occupant(ref, type, type.create()), NO_EXPIRY);
        find(ref);
        changing(ref);
        return value(ref, type);
    }

    private void modified(KeyRef ref) {
        ref.modified = true;
        unsettled = true;
    }

    private void changing(KeyRef ref) {
        modified(ref);
        if (ref.occupant() instanceof Entry entry) {
            ref.changing = entry;
            if (entry.value instanceof LargeBytes bytes) {
                bytes.own();
                bytes.show(ref.bytes);
            }
        }
    }

    @Override
    public <V> void put(Key key, ValueType<V> type, V value, long expiresAtMillis) {
        KeyRef ref = writable(key);
        ref.changing = null;
        if (expiresAtMillis != KEEP_EXPIRY && isPast(expiresAtMillis)) {
            deleteNow(ref);
        } else if (find(ref)) {
            touch(ref);
            overwrite(ref, type, value);
            if (expiresAtMillis != KEEP_EXPIRY && expiresAtMillis != ref.segment.expiresAtMillis(ref.slot)) {
                ref.table.expire(ref.segment, ref.slot, expiresAtMillis);
            }
        } else {
            insert(ref, occupant(ref, type, value), Math.max(NO_EXPIRY, expiresAtMillis));
        }
        modified(ref);
    }

    private <V> void overwrite(KeyRef ref, ValueType<V> type, V value) {
        boolean inPlace = type instanceof BytesType
                && ref.occupant() instanceof byte[] packed
                && Packed.overwrite(packed, types.numberOf(type), (Slice) value);
        if (!inPlace) {
            ref.table.replace(ref.segment, ref.slot, occupant(ref, type, value));
        }
    }

    private <V> Object occupant(KeyRef ref, ValueType<V> type, V value) {
        if (!(type instanceof BytesType)) {
            return new Entry(ref.name().copy(), type, value);
        }
        Slice bytes = (Slice) value;
        return Packed.fits(ref.name().length(), bytes.length())
                ? Packed.pack(types.numberOf(type), ref.name(), bytes)
                : new Entry(ref.name().copy(), type, new LargeBytes(bytes.copy()));
    }

    private void insert(KeyRef ref, Object occupant, long expiresAtMillis) {
        ref.table.insert(ref.tag, occupant, expiresAtMillis, evictions.onInsert(ref.hash));
    }

    @Override
    public boolean delete(Key key) {
        KeyRef ref = writable(key);
        if (!deleteNow(ref)) {
            return false;
        }
        modified(ref);
        return true;
    }

    private boolean deleteNow(KeyRef ref) {
        ref.changing = null;
        if (!find(ref)) {
            return false;
        }
        evictions.onRemove(ref.segment, ref.slot, ref.hash, RemovalCause.DELETED);
        ref.table.remove(ref.segment, ref.slot);
        return true;
    }

    @Override
    public boolean exists(Key key) {
        return find(own(key));
    }

    @Override
    public ValueType<?> typeOf(Key key) {
        KeyRef ref = own(key);
        return find(ref) ? typeOf(ref) : null;
    }

    private ValueType<?> typeOf(KeyRef ref) {
        return types.of(ref.occupant());
    }

    @Override
    public long expiresAtMillis(Key key) {
        KeyRef ref = own(key);
        return find(ref) ? ref.segment.expiresAtMillis(ref.slot) : NO_EXPIRY;
    }

    @Override
    public boolean expireAt(Key key, long epochMillis) {
        KeyRef ref = writable(key);
        if (!find(ref)) {
            return false;
        }
        if (isPast(epochMillis)) {
            deleteNow(ref);
        } else {
            ref.table.expire(ref.segment, ref.slot, epochMillis);
        }
        modified(ref);
        return true;
    }

    @Override
    public void unchanged(Key key) {
        own(key).modified = false;
    }

    /** What the handlers left to do: weigh what may have changed, remove what is empty, count changes. */
    void settle(Arguments args) {
        if (!unsettled) {
            return;
        }
        unsettled = false;
        Throwable failure = null;
        for (int i = 0; i < args.keyCount(); i++) {
            KeyRef ref = args.keyAt(i);
            Entry entry = ref.changing;
            if (entry != null) {
                ref.changing = null;
                try {
                    settle(ref, entry);
                } catch (Throwable e) { // of the value's type; the other keys are settled all the same
                    failure = e;
                }
            }
            if (ref.modified) {
                worker.counters.changes++;
            }
        }
        if (failure != null) {
            throw new IllegalStateException("the value of a key could not be settled", failure);
        }
    }

    private void settle(KeyRef ref, Entry entry) {
        boolean replaced = !find(ref) || ref.occupant() != entry;
        if (replaced) {
            return; // under another argument that names the same key
        }
        ref.table.grewBy(entry.settle());
        if (entry.isEmpty()) {
            deleteNow(ref);
        }
    }

    /** Whether a new expiry removes the key at once. */
    private boolean isPast(long expiresAtMillis) {
        return expiresAtMillis != NO_EXPIRY && expiresAtMillis <= worker.nowMillis();
    }

    private KeyRef own(Key key) {
        KeyRef ref = (KeyRef) key;
        if (ref.command != worker.commandNumber()) {
            throw new IllegalStateException("the key belongs to a command that has ended");
        }
        return ref;
    }

    private KeyRef writable(Key key) {
        KeyRef ref = own(key);
        if (ref.readOnly) {
            throw new IllegalStateException("the key at argument " + ref.argument + " is declared as read-only");
        }
        return ref;
    }

    private boolean findAndTouch(KeyRef ref) {
        if (!find(ref)) {
            return false;
        }
        touch(ref);
        return true;
    }

    private void touch(KeyRef ref) {
        if (evictions.isActive()) {
            evictions.onAccess(ref.table, ref.segment, ref.slot, ref.hash);
        }
    }

    /** Finds where a key is now. An expired one is removed, and so not there. */
    private boolean find(KeyRef ref) {
        if (ref.located && ref.structure == ref.table.structure()) {
            return ref.isThere();
        }
        boolean first = !ref.located;
        KeyTable table = worker.table(ref.shard);
        Slice name = ref.name();
        Segment segment = table.segment(ref.tag);
        int slot = segment.find(ref.tag, name.array(), name.offset(), name.length());
        if (slot >= 0 && KeyTable.isOver(segment.expiresAtMillis(slot), worker.nowMillis())) {
            worker.remove(table, segment, slot, RemovalCause.EXPIRED);
            slot = -1;
        }
        ref.located = true;
        ref.table = table;
        ref.segment = segment;
        ref.slot = slot;
        ref.structure = table.structure();
        if (first && ref.readOnly) {
            worker.counters.lookedUp(slot >= 0);
        }
        return slot >= 0;
    }

    @SuppressWarnings("unchecked")
    private <V> V value(KeyRef ref, ValueType<V> type) throws CommandException {
        Object occupant = ref.occupant();
        if (occupant instanceof byte[] packed) {
            if (Packed.type(packed) != types.numberOf(type)) {
                throw Errors.wrongType();
            }
            return (V) Packed.value(packed, ref.bytes);
        }
        Entry entry = (Entry) occupant;
        if (entry.type != type && types.numberOf(entry.type) != types.numberOf(type)) {
            throw Errors.wrongType();
        }
        return entry.value instanceof LargeBytes bytes ? (V) bytes.show(ref.bytes) : (V) entry.value;
    }
}

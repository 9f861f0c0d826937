package io.miniredis.engine;

import io.miniredis.api.ArrayPool;
import io.miniredis.api.BytesType;
import io.miniredis.api.CommandException;
import io.miniredis.api.CompactType;
import io.miniredis.api.Errors;
import io.miniredis.api.Key;
import io.miniredis.api.Keyspace;
import io.miniredis.api.KeyspaceEvent;
import io.miniredis.api.Slice;
import io.miniredis.api.ValueType;
import io.miniredis.api.eviction.RemovalCause;
import io.miniredis.engine.ParkedType.Parked;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The keyspace as a worker's running command may use it. Takes only keys of that command; finds each in its shard's table once
 * and remembers where; does the bookkeeping that handlers do not do.
 */
final class WorkingKeyspace implements Keyspace {
    private final Worker worker;
    private final Types types;
    private final Evictions evictions;
    private final KeyEvents events;
    private final ArrayPool spares;

    /** A key that was reached without being an argument. */
    private final KeyRef reached = new KeyRef();

    /** The values that the running command, and those that called it, may change while they are packed. */
    private final List<Expanded> expanded = new ArrayList<>();

    /** Set when a value was handed out to be changed, so that most commands have nothing to settle. */
    private boolean unsettled;

    /** Whether what commands do to keys counts as a use of them. */
    private boolean touching = true;

    WorkingKeyspace(Worker worker, Types types, Evictions evictions, KeyEvents events) {
        this.worker = worker;
        this.types = types;
        this.evictions = evictions;
        this.events = events;
        spares = worker.engine.databases().arrays();
    }

    @Override
    public <V> V read(Key key, ValueType<V> type) throws CommandException {
        KeyRef ref = own(key);
        if (!look(ref)) {
            return null;
        }
        Object occupant = ref.occupant();
        touch(ref, occupant);
        return value(ref, occupant, type);
    }

    @Override
    public <V> V write(Key key, ValueType<V> type) throws CommandException {
        KeyRef ref = writable(key);
        if (!find(ref)) {
            return null;
        }
        Object occupant = ref.occupant();
        touch(ref, occupant);
        V value = value(ref, occupant, type);
        if (occupant instanceof Packed packed && !(type instanceof BytesType)) {
            ref.changing = expanded(ref, packed, value);
        }
        changing(ref);
        return value;
    }

    /** What a value has been expanded to by the running command, or by one that called it; null if it has not been. */
    private Expanded expandedAt(KeyTable table, int place) {
        for (int i = 0; i < expanded.size(); i++) {
            Expanded candidate = expanded.get(i);
            if (candidate.place == place && candidate.table == table) {
                return candidate;
            }
        }
        return null;
    }

    /** Notes that a value that is packed may be changed as an object. */
    private Expanded expanded(KeyRef ref, Packed packed, Object value) {
        Expanded known = expandedAt(ref.table, packed.place());
        if (known != null) {
            return known;
        }
        Expanded made = new Expanded(ref.table, packed.place(), types.compact(packed.type()), value);
        expanded.add(made);
        return made;
    }

    private void forgetExpanded() {
        if (!expanded.isEmpty() && !worker.isCalled()) {
            expanded.clear();
        }
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
        ref.changes |= KeyRef.CREATED;
        return value(ref, type);
    }

    @Override
    public Slice grow(Key key, BytesType type, int length) throws CommandException {
        KeyRef ref = writable(key);
        if (findAndTouch(ref)) {
            Slice value = value(ref, type);
            if (value.length() < length) {
                worker.needs(LargeBytes.roomFor(length));
                grow(ref, length);
            }
        } else {
            worker.needs(LargeBytes.roomFor(length));
            insert(ref, occupant(ref, type, new Slice(new byte[length])), NO_EXPIRY);
            find(ref);
        }
        changing(ref);
        return value(ref, type);
    }

    private void grow(KeyRef ref, int length) {
        Object grown;
        if (ref.occupant() instanceof Packed packed) {
            if (packed.grow(length)) {
                return;
            }
            grown = bytes(ref, packed.type(), packed.value(ref.bytes), length, packed.note());
        } else {
            Entry entry = (Entry) ref.occupant();
            LargeBytes large = (LargeBytes) entry.value;
            if (large.grow(length)) {
                return;
            }
            grown = bytes(ref, types.numberOf(entry.type), large.show(ref.bytes), length, large.note());
        }
        use(grown, worker.accessTime());
        ref.table.replace(ref.segment, ref.slot, grown);
    }

    @Override
    public ArrayPool arrays() {
        return spares;
    }

    @Override
    public void note(Key key, int note) {
        KeyRef ref = writable(key);
        if (note < 0 || note > 15 || !find(ref)) {
            throw new IllegalArgumentException("no note " + note + " can be left here");
        }
        if (ref.occupant() instanceof Packed packed) {
            packed.note(note);
        } else {
            ((LargeBytes) ((Entry) ref.occupant()).value).note(note);
        }
    }

    /** What OBJECT ENCODING answers for a key; null if there is no such key. */
    String encoding(Key key) {
        KeyRef ref = own(key);
        return find(ref) ? types.encoding(ref.occupant()) : null;
    }

    /** Counts as a use of a key. Returns whether there is one. */
    boolean touch(Key key) {
        KeyRef ref = own(key);
        if (!look(ref)) {
            return false;
        }
        used(ref, ref.occupant());
        return true;
    }

    /** When a key was used last; -1 if there is no such key. */
    int used(Key key) {
        KeyRef ref = own(key);
        if (!find(ref)) {
            return -1;
        }
        return ref.occupant() instanceof Packed packed ? packed.used() : ((Entry) ref.occupant()).used();
    }

    /** Makes a key, if there is one, look as if it had not been used for a while. */
    void idle(Key key, long seconds) {
        KeyRef ref = writable(key);
        if (find(ref)) {
            use(ref.occupant(), AccessTime.before(worker.accessTime(), seconds));
        }
    }

    /** How often a key was used, as the policy counts; -1 if there is no such key or the policy does not count. */
    int frequency(Key key) {
        KeyRef ref = own(key);
        return find(ref) && evictions.countsUses() ? evictions.frequency(ref.segment, ref.slot) : -1;
    }

    /** Makes a key, if there is one, look as if it had been used so often. */
    void frequency(Key key, int frequency) {
        KeyRef ref = writable(key);
        if (find(ref)) {
            evictions.setFrequency(ref.table, ref.segment, ref.slot, frequency);
        }
    }

    private static void use(Object occupant, int time) {
        if (occupant instanceof Packed packed) {
            packed.use(time);
        } else {
            ((Entry) occupant).use(time);
        }
    }

    /** The value of a key that holds bytes. */
    Slice bytes(Key key) {
        KeyRef ref = own(key);
        if (ref.occupant() instanceof Packed packed) {
            return packed.value(ref.bytes);
        }
        return ((LargeBytes) ((Entry) ref.occupant()).value).show(ref.bytes);
    }

    /**
     * A key that no argument names, to be read by a command that holds all locks.
     *
     * @return valid until the next call
     */
    Key reach(Slice name) {
        KeyRef ref = reached;
        ref.name().wrap(name.array(), name.offset(), name.length());
        ref.command = worker.commandNumber();
        ref.readOnly = true;
        ref.hash = worker.engine.databases().hash(name);
        ref.tag = KeyHash.tag(ref.hash);
        ref.shard = worker.engine.databases().shardOf(ref.hash);
        ref.database = worker.database();
        ref.located = false;
        ref.used = false;
        return ref;
    }

    /** The string of a key that is {@linkplain #reach reached}; null if there is none. */
    Slice stringAt(Slice name) {
        KeyRef ref = own(reach(name));
        if (!look(ref)) {
            return null;
        }
        touch(ref);
        return typeOf(ref) == types.named("string") ? bytes(ref) : null;
    }

    /** What lies in a key's slot; null if there is no such key. */
    Object occupant(Key key) {
        KeyRef ref = own(key);
        return find(ref) ? ref.occupant() : null;
    }

    /** What a key and its value occupy; 0 if there is no such key. */
    long memoryBytes(Key key) {
        KeyRef ref = own(key);
        return find(ref) ? Segment.memoryBytes(ref.occupant()) + Segment.SLOT_BYTES : 0;
    }

    /** A key of the running command, in another database. */
    Key in(int database, Key key) {
        KeyRef ref = own(key);
        ref.database = database;
        ref.located = false;
        ref.used = false;
        return ref;
    }

    /** The key of the same name in another database, to be written. Its shard is the same. */
    Key another(int database, Key key) {
        KeyRef ref = writable(key);
        KeyRef other = new KeyRef();
        other.name().wrap(ref.name().array(), ref.name().offset(), ref.name().length());
        other.command = ref.command;
        other.argument = ref.argument;
        other.hash = ref.hash;
        other.tag = ref.tag;
        other.shard = ref.shard;
        other.database = database;
        return other;
    }

    /** Gives a value that is there another key, with its expiry and its frequency, whatever that key held. Both events are named. */
    void move(Key source, Key target, String event, String targetEvent) {
        KeyRef from = writable(source);
        findAndTouch(from);
        Object occupant = from.occupant();
        long expiresAtMillis = from.segment.expiresAtMillis(from.slot);
        int frequency = frequency(source);
        goes(from);
        from.table.take(from.segment, from.slot);
        worker.keyChanges.changed(from);
        replace(writable(target), occupant, expiresAtMillis);
        if (frequency >= 0) {
            frequency(target, frequency);
        }
        event(source, KeyspaceEvent.Type.GENERIC, event);
        event(target, KeyspaceEvent.Type.GENERIC, targetEvent);
    }

    /** Gives a copy of a value that is there, with its expiry, to another key, whatever that held. */
    void copy(Key source, Key target) throws CommandException {
        KeyRef from = own(source);
        KeyRef to = writable(target);
        findAndTouch(from);
        worker.needs(Segment.memoryBytes(from.occupant()));
        replace(to, copied(from.occupant()), from.segment.expiresAtMillis(from.slot));
    }

    /**
     * Gives a key what another one holds or held. Not left to be settled, since the key may be in another database than those of the
     * running command.
     */
    private void replace(KeyRef ref, Object occupant, long expiresAtMillis) {
        deleteNow(ref);
        insert(ref, renamed(occupant, ref), expiresAtMillis);
        worker.counters.changes++;
        worker.keyChanges.changed(ref);
    }

    private Object copied(Object occupant) {
        if (!(occupant instanceof Entry entry)) {
            return occupant; // to be packed anew with its new name
        }
        if (entry.value instanceof LargeBytes bytes) {
            return new Entry(entry.key, entry.type, bytes.copy(spares));
        }
        return new Entry(entry.key, entry.type, entry.typed().copy(entry.value));
    }

    /** What lies in a table's slot, for another key, whose table is known. */
    private Object renamed(Object occupant, KeyRef ref) {
        if (occupant instanceof Entry entry) {
            return new Entry(ref.name().copy(), entry.type, entry.value);
        }
        Packed packed = (Packed) occupant;
        Slice value = packed.value(new Slice());
        return bytes(ref, packed.type(), value, value.length(), packed.note());
    }

    /** A value for a key that is bytes, followed by zeros up to a length, or told in bytes: packed if it is small. */
    private Object bytes(KeyRef ref, int type, Slice value, int length, int note) {
        Slice name = ref.name();
        if (ref.table.canPack(name.length(), length)) {
            Packed packed = ref.table.pack(type, name, value, length);
            packed.note(note);
            return packed;
        }
        if (!(types.at(type) instanceof BytesType)) {
            return new Entry(name.copy(), types.at(type), Types.expand(types.at(type), value));
        }
        int room = length > value.length() ? LargeBytes.roomFor(length) : length;
        LargeBytes large = LargeBytes.of(value, length, room, spares);
        large.note(note);
        return new Entry(name.copy(), types.at(type), large);
    }

    /** @param how bits of {@link KeyRef#changes} */
    private void modified(KeyRef ref, int how) {
        ref.changes |= KeyRef.MODIFIED | how;
        unsettled = true;
    }

    private void changing(KeyRef ref) throws CommandException {
        if (ref.occupant() instanceof Entry entry) {
            if (entry.value instanceof LargeBytes bytes) {
                worker.needs(bytes.lentBytes()); // what a reply still reads is copied
                bytes.own(spares);
                bytes.show(ref.bytes);
            }
            ref.changing = entry;
        }
        modified(ref, KeyRef.CHANGED);
    }

    @Override
    public <V> void put(Key key, ValueType<V> type, V value, long expiresAtMillis) {
        KeyRef ref = writable(key);
        ref.changing = null;
        // As in Redis, what expires in this very millisecond is still there in it.
        if (expiresAtMillis != KEEP_EXPIRY && isPast(expiresAtMillis) && expiresAtMillis != worker.nowMillis()) {
            putOver(ref, type);
            return;
        }
        if (find(ref)) {
            Object occupant = ref.occupant();
            touch(ref, occupant);
            overwrite(ref, occupant, type, value);
            if (expiresAtMillis != KEEP_EXPIRY && expiresAtMillis != ref.segment.expiresAtMillis(ref.slot)) {
                ref.table.expire(ref.segment, ref.slot, expiresAtMillis);
            }
        } else {
            insert(ref, occupant(ref, type, value), Math.max(NO_EXPIRY, expiresAtMillis));
        }
        if (!(type instanceof BytesType) && !type.isEmpty(value)) {
            find(ref);
            compactUnlessCalled(ref);
        }
        ref.changes &= ~KeyRef.DELETED;
        modified(ref, expiresAtMillis >= 0 ? KeyRef.CHANGED | KeyRef.EXPIRES : KeyRef.CHANGED);
    }

    /** Stores what is over at once. */
    private void putOver(KeyRef ref, ValueType<?> type) {
        deleteNow(ref);
        modified(ref, 0);
        if (events.areWanted()) {
            tellSoFar();
            events.tellOver(ref, type, eventOfCommand());
        }
    }

    private <V> void overwrite(KeyRef ref, Object old, ValueType<V> type, V value) {
        if (!(type instanceof BytesType) || !overwriteInPlace(old, type, (Slice) value)) {
            Object occupant = occupant(ref, type, value);
            use(occupant, worker.accessTime());
            ref.table.replace(ref.segment, ref.slot, occupant);
        }
    }

    private boolean overwriteInPlace(Object old, ValueType<?> type, Slice value) {
        if (old instanceof Packed packed) {
            return packed.overwrite(types.numberOf(type), value);
        }
        Entry entry = (Entry) old;
        return entry.type == type && entry.value instanceof LargeBytes bytes && bytes.overwrite(value);
    }

    private <V> Object occupant(KeyRef ref, ValueType<V> type, V value) {
        if (!(type instanceof BytesType)) {
            return new Entry(ref.name().copy(), type, value);
        }
        Slice bytes = (Slice) value;
        return bytes(ref, types.numberOf(type), bytes, bytes.length(), 0);
    }

    private void insert(KeyRef ref, Object occupant, long expiresAtMillis) {
        use(occupant, worker.accessTime());
        ref.used = true;
        ref.table.insert(ref.tag, occupant, expiresAtMillis, evictions.onInsert(ref.hash));
        if (events.newKeysAreWanted()) {
            ref.changes &= ~KeyRef.DELETED; // if it was, to be made anew
            tellSoFar();
            events.tellNew(ref);
        }
        worker.created(ref);
    }

    @Override
    public boolean delete(Key key) {
        KeyRef ref = writable(key);
        if (!deleteNow(ref)) {
            return false;
        }
        modified(ref, KeyRef.DELETED);
        return true;
    }

    private boolean deleteNow(KeyRef ref) {
        boolean isThere = goes(ref);
        if (isThere) {
            ref.table.remove(ref.segment, ref.slot);
        }
        return isThere;
    }

    /** Prepares that a key is removed. Returns whether there is one. */
    private boolean goes(KeyRef ref) {
        ref.changing = null;
        if (!find(ref)) {
            return false;
        }
        if (events.areWanted()) {
            ref.deletedType = KeyEvents.typeOf(typeOf(ref));
        }
        evictions.onRemove(ref.segment, ref.slot, ref.hash, RemovalCause.DELETED);
        return true;
    }

    @Override
    public boolean exists(Key key) {
        KeyRef ref = own(key);
        return ref.readOnly ? look(ref) : find(ref);
    }

    /** Whether there is such a key, without anybody being told that it was looked for in vain. */
    boolean isThere(Key key) {
        return find(own(key));
    }

    @Override
    public ValueType<?> typeOf(Key key) {
        KeyRef ref = own(key);
        return exists(ref) ? typeOf(ref) : null;
    }

    private ValueType<?> typeOf(KeyRef ref) {
        return types.of(ref.occupant());
    }

    @Override
    public long expiresAtMillis(Key key) {
        KeyRef ref = own(key);
        return exists(ref) ? ref.segment.expiresAtMillis(ref.slot) : NO_EXPIRY;
    }

    @Override
    public boolean expireAt(Key key, long epochMillis) {
        KeyRef ref = writable(key);
        if (!find(ref)) {
            return false;
        }
        if (isPast(epochMillis)) {
            deleteNow(ref);
            modified(ref, KeyRef.DELETED);
        } else {
            touch(ref);
            ref.table.expire(ref.segment, ref.slot, epochMillis);
            modified(ref, epochMillis == NO_EXPIRY ? KeyRef.PERSISTS : KeyRef.EXPIRES);
        }
        return true;
    }

    @Override
    public void unchanged(Key key) {
        own(key).changes = 0;
    }

    @Override
    public void event(Key key, KeyspaceEvent.Type type, String name) {
        KeyRef ref = own(key);
        if (events.areWanted()) {
            events.name(ref, Objects.requireNonNull(type), Objects.requireNonNull(name));
            unsettled = true;
        }
    }

    /**
     * What the handlers left to do: weigh what may have changed, remove what is empty, count changes, tell who listens or watches.
     */
    void settle(Arguments args) {
        if (!unsettled) {
            forgetExpanded();
            return;
        }
        unsettled = false;
        boolean tells = events.areWanted();
        if (tells) {
            events.tellNamed();
        }
        Throwable failure = null;
        for (int i = 0; i < args.keyCount(); i++) {
            KeyRef ref = args.keyAt(i);
            Object changing = ref.changing;
            if (changing != null) {
                ref.changing = null;
                try {
                    settle(ref, changing);
                } catch (Throwable e) { // of the value's type; the other keys are settled all the same
                    failure = e;
                }
            }
            if (ref.changes != 0) {
                settled(ref, tells);
            }
        }
        forgetExpanded();
        if (failure != null) {
            throw new IllegalStateException("the value of a key could not be settled", failure);
        }
    }

    /**
     * Settles what a command has done so far, before it calls another one, and leaves to the end what the called one does not see: what
     * it was given to change it may go on changing.
     *
     * @param called the arguments of the command that it calls
     * @return whether there is more to be settled in the end
     */
    boolean settleSoFar(Arguments args, Arguments called) {
        if (!unsettled) {
            return false;
        }
        boolean tells = events.areWanted();
        if (tells) {
            events.tellNamed();
        }
        for (int i = 0; i < args.keyCount(); i++) {
            KeyRef ref = args.keyAt(i);
            boolean isEmpty = ref.changing != null && weigh(ref, ref.changing) && isEmpty(ref.changing);
            if (isEmpty && !called.declares(ref, false)) {
                continue; // it may be about to be filled
            }
            if (isEmpty) {
                removeEmpty(ref);
            }
            if (ref.changes != 0) {
                settled(ref, tells);
                ref.changes = 0;
            }
        }
        return true;
    }

    /** Has {@link #settle} do what is left, when commands have been called and settled meanwhile. */
    void unsettle() {
        unsettled = true;
    }

    private void settled(KeyRef ref, boolean tells) {
        if ((ref.changes & KeyRef.MODIFIED) != 0) {
            worker.counters.changes++;
            worker.keyChanges.changed(ref);
        }
        if (tells) {
            events.tell(ref, eventTypeOf(ref), eventOfCommand());
        }
    }

    private KeyspaceEvent.Type eventTypeOf(KeyRef ref) {
        return find(ref) ? KeyEvents.typeOf(typeOf(ref)) : ref.deletedType;
    }

    private String eventOfCommand() {
        return worker.command().spec.event();
    }

    /** Tells what was done already to keys whose values nobody is changing any more. */
    private void tellSoFar() {
        events.tellNamed();
        Arguments args = worker.args();
        for (int i = 0; i < args.keyCount(); i++) {
            KeyRef ref = args.keyAt(i);
            if (ref.changes != 0 && ref.changing == null) {
                events.tell(ref, eventTypeOf(ref), eventOfCommand());
            }
        }
    }

    private void settle(KeyRef ref, Object changing) {
        if (!weigh(ref, changing)) {
            return;
        }
        if (isEmpty(changing)) {
            removeEmpty(ref);
        } else {
            compactUnlessCalled(ref);
        }
    }

    /** Packs a value that is an object, unless another command waits that may go on changing that. */
    private void compactUnlessCalled(KeyRef ref) {
        if (!worker.isCalled() && ref.occupant() instanceof Entry entry) {
            compact(ref, entry);
        }
    }

    private static boolean isEmpty(Object changing) {
        return changing instanceof Expanded expanded
                ? expanded.type.isEmpty(expanded.value)
                : ((Entry) changing).isEmpty();
    }

    /**
     * Has what may have changed be accounted for, and packed if it was. Returns whether it is still there: it may have been replaced under
     * another argument that names the same key.
     */
    private boolean weigh(KeyRef ref, Object changing) {
        if (!find(ref)) {
            return false;
        }
        if (ref.occupant() instanceof Entry entry) {
            boolean isThere = entry == changing || (changing instanceof Expanded packed && packed.value == entry.value);
            if (isThere) {
                ref.table.grewBy(entry, entry.settle());
            }
            return isThere;
        }
        boolean isThere = changing instanceof Expanded packed
                && expandedAt(ref.table, ((Packed) ref.occupant()).place()) == packed;
        if (isThere && !isEmpty(changing)) {
            pack(ref, (Expanded) changing);
        }
        return isThere;
    }

    /**
     * Whether there are so many objects that the collector should not have to look after more. A few cost nothing, and are changed where they
     * are.
     *
     * @param objects how many there would be in the table, of which the database has one in each shard
     */
    private boolean areMany(long objects) {
        return objects * worker.engine.databases().shards()
                >= worker.engine.settings().compactFrom();
    }

    /** Packs a value again that was expanded; or has it be an object, if it has become large or there are few objects. */
    private void pack(KeyRef ref, Expanded changed) {
        Packed old = (Packed) ref.occupant();
        int used = old.used();
        if (areMany(ref.table.entries() + 1) && changed.type.compact(changed.value, ref.bytes)) {
            if (old.overwrite(ref.bytes)) {
                return;
            }
            int place = packBytes(ref, old.type(), used);
            if (place != Slabs.NOWHERE) {
                changed.place = place;
                return;
            }
        }
        Entry entry = new Entry(ref.name().copy(), changed.type, changed.value);
        entry.use(used);
        ref.table.exchange(ref.segment, ref.slot, entry);
    }

    /** Packs a value that is an object and small, if there are many objects. */
    private void compact(KeyRef ref, Entry entry) {
        CompactType<Object> type = areMany(ref.table.entries()) ? types.compacting(entry.type) : null;
        if (type != null && type.compact(entry.value, ref.bytes)) {
            packBytes(ref, types.numberOf(type), entry.used());
        }
    }

    /** Packs a value whose compact form a key's bytes show, if it fits in beside the key. Returns where it is packed, or {@link Slabs#NOWHERE}. */
    private static int packBytes(KeyRef ref, int type, int used) {
        if (!ref.table.canPack(ref.name().length(), ref.bytes.length())) {
            return Slabs.NOWHERE;
        }
        Packed packed = ref.table.pack(type, ref.name(), ref.bytes);
        packed.use(used);
        ref.table.exchange(ref.segment, ref.slot, packed);
        return packed.place();
    }

    private void removeEmpty(KeyRef ref) {
        deleteNow(ref);
        ref.changes |= KeyRef.DELETED;
    }

    /** Whether a new expiry removes the key at once. */
    private boolean isPast(long expiresAtMillis) {
        return expiresAtMillis != NO_EXPIRY && expiresAtMillis <= worker.nowMillis();
    }

    /** A key that the running command may use. */
    KeyRef own(Key key) {
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

    /** Has what commands do count as a use of their keys, or not; TOUCH always does. */
    void touching(boolean counts) {
        touching = counts;
    }

    private void touch(KeyRef ref) {
        touch(ref, ref.occupant());
    }

    private void touch(KeyRef ref, Object occupant) {
        if (touching) {
            used(ref, occupant);
        }
    }

    private void used(KeyRef ref, Object occupant) {
        use(occupant, worker.accessTime());
        if (!ref.used && evictions.isActive()) {
            ref.used = true;
            evictions.onAccess(ref.table, ref.segment, ref.slot, ref.hash);
        }
    }

    /** Finds a key for a command that reads it. Tells if it is not there. */
    private boolean look(KeyRef ref) {
        boolean first = !ref.located;
        boolean found = find(ref);
        if (!found
                && first
                && events.missesAreWanted()
                && (ref.readOnly || worker.command().answersOldValue(worker.args()))) {
            events.tellMiss(ref.database, ref.name());
        }
        return found;
    }

    /** Finds where a key is now. An expired one is removed, and so not there. */
    private boolean find(KeyRef ref) {
        if (ref.located && ref.structure == ref.table.structure()) {
            return ref.isThere();
        }
        boolean first = !ref.located;
        KeyTable table = worker.table(ref.shard, ref.database);
        Slice name = ref.name();
        Segment segment = table.segment(ref.tag);
        int slot = segment.find(ref.tag, name.array(), name.offset(), name.length());
        if (slot >= 0 && KeyTable.isOver(segment.expiresAtMillis(slot), worker.nowMillis())) {
            if (!ref.readOnly || !worker.isPaused()) {
                expire(ref, segment, slot);
            }
            slot = -1;
        }
        if (slot >= 0 && types.isRenewing()) {
            types.renew(table, segment, slot);
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

    private void expire(KeyRef ref, Segment segment, int slot) {
        if (events.areWanted()) {
            tellSoFar();
        }
        worker.remove(ref.shard, ref.database, segment, slot, RemovalCause.EXPIRED);
    }

    private static CommandException unreadable(ValueType<?> type) {
        return new CommandException(
                "ERR the value was written by another version of the type '" + type.name() + "' and cannot be read");
    }

    private <V> V value(KeyRef ref, ValueType<V> type) throws CommandException {
        return value(ref, ref.occupant(), type);
    }

    @SuppressWarnings("unchecked")
    private <V> V value(KeyRef ref, Object occupant, ValueType<V> type) throws CommandException {
        if (occupant instanceof Packed packed) {
            if (packed.type() != types.numberOf(type)) {
                throw Errors.wrongType();
            }
            if (type instanceof BytesType) {
                return (V) packed.value(ref.bytes);
            }
            Expanded known = expandedAt(ref.table, packed.place());
            return (V) (known != null ? known.value : Types.expand(type, packed.value(ref.bytes)));
        }
        Entry entry = (Entry) occupant;
        if (!types.areAlike(entry.type, type)) {
            throw entry.value instanceof Parked && entry.type.name().equals(type.name())
                    ? unreadable(type)
                    : Errors.wrongType();
        }
        return entry.value instanceof LargeBytes bytes ? (V) bytes.show(ref.bytes) : (V) entry.value;
    }
}

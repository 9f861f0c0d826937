package io.miniredis.engine;

import io.miniredis.api.BytesType;
import io.miniredis.api.CompactType;
import io.miniredis.api.Slice;
import io.miniredis.api.ValueType;
import io.miniredis.api.rdb.RdbType;
import io.miniredis.engine.ParkedType.Parked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kinds of values this server knows, each with a small number for {@link Packed}. Numbers are never used again, so a
 * stored one keeps its meaning.
 */
final class Types {
    private static final Logger LOG = LoggerFactory.getLogger(Types.class);

    private static final int MAX = Slab.FREE & 0xff;

    private volatile ValueType<?>[] byNumber = {};

    /** The number of the first type that is a plugin's. */
    private int firstCounted = Integer.MAX_VALUE;

    /** Whether values may lie in the keyspace whose type has gone or come meanwhile. Changed under all locks, read under any. */
    private boolean renewing;

    /** What has been said about values since types were last exchanged. */
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    /** Adds a type, before there are any values. Its name must be new. */
    synchronized void add(ValueType<?> type) {
        byNumber = with(List.of(), List.of(type));
    }

    /** Says that all types that come from here on are those of plugins. */
    void countFromHere() {
        firstCounted = byNumber.length;
    }

    /** Whether there are types of plugins, or have been. */
    boolean areCounted() {
        return byNumber.length > firstCounted;
    }

    /** The name of the type of what lies in a slot, if it is a plugin's, there or not; null if it is one of the image's. */
    String pluginsType(Object occupant) {
        if (occupant instanceof Packed packed) {
            int number = packed.type();
            return number < firstCounted ? null : byNumber[number].name();
        }
        ValueType<?> type = ((Entry) occupant).type;
        ValueType<?>[] all = byNumber;
        for (int i = 0; i < firstCounted && i < all.length; i++) {
            if (areSame(all[i], type)) {
                return null;
            }
        }
        return type.name();
    }

    private static boolean areSame(ValueType<?> one, ValueType<?> other) {
        return one == other || one.getClass() == other.getClass();
    }

    /**
     * Takes types away and adds others, all of them or, if they are not {@link #check acceptable}, none. A type keeps the number that its
     * name had before. What has no successor is stood for by a {@link ParkedType}. All locks are held.
     */
    synchronized void exchange(Collection<ValueType<?>> out, Collection<ValueType<?>> in) {
        byNumber = with(out, in);
        logged.clear();
        renewing |= !out.isEmpty() || !in.isEmpty();
    }

    /**
     * Whether types can be {@linkplain #exchange exchanged}.
     *
     * @throws IllegalArgumentException if a name is not new, naming both origins
     */
    void check(Collection<ValueType<?>> out, Collection<ValueType<?>> in) {
        with(out, in);
    }

    private ValueType<?>[] with(Collection<ValueType<?>> out, Collection<ValueType<?>> in) {
        List<ValueType<?>> all = new ArrayList<>(List.of(byNumber));
        all.replaceAll(type -> out.contains(type) ? ParkedType.of(type) : type);
        for (ValueType<?> type : in) {
            int number = numberNamed(all, type.name());
            if (number < 0) {
                all.add(type);
            } else if (ParkedType.isParked(all.get(number))) {
                checkKind(all.get(number), type);
                all.set(number, type);
            } else {
                throw new IllegalArgumentException("the type '" + type.name() + "' is provided twice, by "
                        + all.get(number).getClass().getModule() + " and by "
                        + type.getClass().getModule());
            }
        }
        if (all.size() > MAX) {
            throw new IllegalArgumentException("no more than " + MAX + " types");
        }
        return all.toArray(new ValueType<?>[0]);
    }

    private static void checkKind(ValueType<?> parked, ValueType<?> type) {
        if (parked instanceof BytesType != type instanceof BytesType) {
            throw new IllegalArgumentException("the type '" + type.name()
                    + "' has values here of another kind: either old and new are types of bytes, or neither");
        }
    }

    private static int numberNamed(List<ValueType<?>> types, String name) {
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** The type, if its small values are kept as bytes; null if not, as it is not such a type or may go while its values stay. */
    CompactType<Object> compacting(ValueType<?> type) {
        if (!(type instanceof CompactType) || type instanceof BytesType || numberOf(type) >= firstCounted) {
            return null;
        }
        return compact(type);
    }

    /** The type of a number that is one of values told in bytes. */
    CompactType<Object> compact(int number) {
        return compact(byNumber[number]);
    }

    @SuppressWarnings("unchecked")
    private static CompactType<Object> compact(ValueType<?> type) {
        return (CompactType<Object>) type;
    }

    /** Makes a value from the bytes that are packed: a slice, or what its type makes of it. */
    static Object expand(ValueType<?> type, Slice bytes) {
        return type instanceof BytesType ? bytes : compact(type).expand(bytes);
    }

    /** Whether what is found in the keyspace has to be {@linkplain #renew renewed} first. A lock is held. */
    boolean isRenewing() {
        return renewing;
    }

    /** Notes that all that lies in the keyspace is renewed. All locks are held. */
    void renewedAll() {
        renewing = false;
    }

    /**
     * Parks a value whose type has gone, or has its type read it that has come back. The shard's lock is held.
     *
     * @return false if its type cannot write it, so that it stays as it is
     */
    boolean renew(KeyTable table, Segment segment, int slot) {
        Entry entry = segment.entry(slot);
        if (entry == null) {
            return true; // what is packed has the number of its type, which is the same as ever
        }
        try {
            Entry renewed = renewed(entry);
            if (renewed != entry) {
                table.replace(segment, slot, renewed);
            }
            return true;
        } catch (IOException e) {
            logOnce("A value of type " + entry.type.name() + " cannot be parked", e);
            return false;
        }
    }

    /** There may be millions of them. */
    private void logOnce(String message, IOException e) {
        if (logged.add(message)) {
            LOG.error("{}; others of this kind are not logged", message, e);
        }
    }

    private Entry renewed(Entry entry) throws IOException {
        ValueType<?> now = named(entry.type.name());
        if (now == null
                || now == entry.type
                || (now.getClass() == entry.type.getClass() && !ParkedType.isParked(now))) {
            return entry;
        }
        Entry renewed = renewed(entry, now);
        renewed.use(entry.used());
        return renewed;
    }

    private Entry renewed(Entry entry, ValueType<?> now) throws IOException {
        if (entry.value instanceof LargeBytes) {
            return new Entry(entry.key, now, entry.value);
        }
        Parked parked = Parked.of(entry.type, entry.value);
        return now instanceof ParkedType ? new Entry(entry.key, now, parked) : read(entry.key, now, parked);
    }

    /** A value that cannot be read stays parked, for a later version of the type. */
    private Entry read(byte[] key, ValueType<?> type, Parked parked) {
        try {
            Object value = parked.read(type);
            // Bytes are small more often than not, but are packed only when they are next written.
            return new Entry(key, type, value instanceof Slice bytes ? new LargeBytes(bytes.copy()) : value);
        } catch (IOException e) {
            logOnce(
                    "A value of type " + type.name() + ", version " + parked.version
                            + ", cannot be read and stays parked",
                    e);
            return new Entry(key, new ParkedType(type.name()), parked);
        }
    }

    /** The type of what lies in a slot. */
    ValueType<?> of(Segment segment, int slot) {
        return of(segment.occupant(slot, new Packed()));
    }

    /** The type of what lies in a table's slot. */
    ValueType<?> of(Object occupant) {
        return occupant instanceof Packed packed ? byNumber[packed.type()] : ((Entry) occupant).type;
    }

    /** The type of a number that {@link #numberOf} gave. */
    ValueType<?> at(int number) {
        return byNumber[number];
    }

    /** The type that reads one of Redis's forms; null if there is none. */
    RdbType<Object> reading(int rdbType) {
        for (ValueType<?> type : byNumber) {
            if (type instanceof RdbType<?> candidate && candidate.readsRdb(rdbType)) {
                @SuppressWarnings("unchecked")
                RdbType<Object> found = (RdbType<Object>) candidate;
                return found;
            }
        }
        return null;
    }

    /** The type of a name; null if there is none. */
    ValueType<?> named(String name) {
        for (ValueType<?> type : byNumber) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        return null;
    }

    /** The value that lies in a table's slot, a slice if it is bytes. */
    Object value(Object occupant) {
        if (occupant instanceof Packed packed) {
            return expand(of(packed), packed.value(new Slice()));
        }
        Object value = ((Entry) occupant).value;
        return value instanceof LargeBytes bytes ? bytes.show(new Slice()) : value;
    }

    /** What OBJECT ENCODING answers for what lies in a table's slot. */
    String encoding(Object occupant) {
        if (occupant instanceof Packed packed) {
            Slice bytes = packed.value(new Slice());
            return of(packed) instanceof BytesType type
                    ? type.encoding(bytes, packed.note())
                    : compact(of(packed)).encoding(compact(of(packed)).expand(bytes));
        }
        Entry entry = (Entry) occupant;
        if (entry.value instanceof LargeBytes bytes) {
            return ((BytesType) entry.type).encoding(bytes.show(new Slice()), bytes.note());
        }
        return entry.typed().encoding(entry.value);
    }

    /** The number of a type. Compares by class, since a provider may be made more than once. */
    int numberOf(ValueType<?> type) {
        int number = find(type);
        if (number < 0) {
            throw new IllegalArgumentException("the type '" + type.name() + "' is not provided as a service");
        }
        return number;
    }

    /** Whether a stored value's type is this one; the service loader and a command may each have an instance. */
    boolean areAlike(ValueType<?> stored, ValueType<?> type) {
        return stored == type || find(stored) == numberOf(type);
    }

    /** -1 if there is no such type. */
    private int find(ValueType<?> type) {
        ValueType<?>[] types = byNumber;
        for (int i = 0; i < types.length; i++) {
            if (types[i] == type) {
                return i;
            }
        }
        for (int i = 0; i < types.length; i++) {
            if (types[i].getClass() == type.getClass() && !ParkedType.isParked(type)) {
                return i;
            }
        }
        return -1;
    }
}

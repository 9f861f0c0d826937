package io.miniredis.engine;

import io.miniredis.api.BytesType;
import io.miniredis.api.Slice;
import io.miniredis.api.ValueType;
import io.miniredis.api.rdb.RdbType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The kinds of values this server knows, each with a small number for {@link Packed}. Numbers are never used again, so a
 * stored one keeps its meaning.
 */
final class Types {
    private static final int MAX = 256;

    private volatile ValueType<?>[] byNumber = {};

    /** Adds a type. Its name must be new. */
    void add(ValueType<?> type) {
        addAll(List.of(type));
    }

    /** Adds types, all of them or, if they are not {@link #check acceptable}, none. */
    synchronized void addAll(Collection<ValueType<?>> more) {
        byNumber = with(more);
    }

    /**
     * Whether types can be added.
     *
     * @throws IllegalArgumentException if a name is not new, naming both origins
     */
    void check(Collection<ValueType<?>> more) {
        with(more);
    }

    private ValueType<?>[] with(Collection<ValueType<?>> more) {
        List<ValueType<?>> all = new ArrayList<>(List.of(byNumber));
        for (ValueType<?> type : more) {
            for (ValueType<?> known : all) {
                if (known.name().equals(type.name())) {
                    throw new IllegalArgumentException("the type '" + type.name() + "' is provided twice, by "
                            + known.getClass().getModule() + " and by "
                            + type.getClass().getModule());
                }
            }
            all.add(type);
        }
        if (all.size() > MAX) {
            throw new IllegalArgumentException("no more than " + MAX + " types");
        }
        return all.toArray(new ValueType<?>[0]);
    }

    /** The type of what lies in a table's slot. */
    ValueType<?> of(Object occupant) {
        return occupant instanceof byte[] packed ? byNumber[Packed.type(packed)] : ((Entry) occupant).type;
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
        if (occupant instanceof byte[] packed) {
            return Packed.value(packed, new Slice());
        }
        Object value = ((Entry) occupant).value;
        return value instanceof LargeBytes bytes ? bytes.show(new Slice()) : value;
    }

    /** What OBJECT ENCODING answers for what lies in a table's slot. */
    String encoding(Object occupant) {
        if (occupant instanceof byte[] packed) {
            return ((BytesType) of(packed)).encoding(Packed.value(packed, new Slice()), Packed.note(packed));
        }
        Entry entry = (Entry) occupant;
        if (entry.value instanceof LargeBytes bytes) {
            return ((BytesType) entry.type).encoding(bytes.show(new Slice()), bytes.note());
        }
        @SuppressWarnings("unchecked")
        ValueType<Object> type = (ValueType<Object>) entry.type;
        return type.encoding(entry.value);
    }

    /** The number of a type. Compares by class, since a provider may be made more than once. */
    int numberOf(ValueType<?> type) {
        ValueType<?>[] types = byNumber;
        for (int i = 0; i < types.length; i++) {
            if (types[i] == type) {
                return i;
            }
        }
        return numberByClass(types, type);
    }

    /** Whether two are the same type; the service loader and a command may each have an instance. */
    boolean areAlike(ValueType<?> type, ValueType<?> other) {
        return type == other || numberOf(type) == numberOf(other);
    }

    private static int numberByClass(ValueType<?>[] types, ValueType<?> type) {
        for (int i = 0; i < types.length; i++) {
            if (types[i].getClass() == type.getClass()) {
                return i;
            }
        }
        throw new IllegalArgumentException("the type '" + type.name() + "' is not provided as a service");
    }
}

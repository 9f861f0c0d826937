package io.miniredis.engine;

import io.miniredis.api.BytesType;
import io.miniredis.api.Layout;
import io.miniredis.api.ValueType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Stands for a type whose plugin is not there. Its values are parked: kept as the bytes that the type wrote, until a type of that name
 * comes and reads them. They keep their keys and expiries, count as memory and may be evicted, copied and removed.
 */
final class ParkedType implements ValueType<ParkedType.Parked> {
    /** What OBJECT ENCODING answers. */
    static final String ENCODING = "parked";

    private static final long SHALLOW_BYTES = Layout.object(1, 4);

    /** A value as its type wrote it. Never changed. */
    static final class Parked {
        final int version;
        final byte[] bytes;

        Parked(int version, byte[] bytes) {
            this.version = version;
            this.bytes = bytes;
        }

        /**
         * A value, parked.
         *
         * @throws IOException if its type cannot write it
         */
        static Parked of(ValueType<?> type, Object value) throws IOException {
            if (value instanceof Parked parked) {
                return parked;
            }
            @SuppressWarnings("unchecked")
            ValueType<Object> typed = (ValueType<Object>) type;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                typed.write(value, new DataOutputStream(bytes));
            } catch (RuntimeException | LinkageError e) {
                throw new IOException(e);
            }
            return new Parked(typed.encodingVersion(), bytes.toByteArray());
        }

        /**
         * The value.
         *
         * @param type a type of the name of the one that has written it
         * @throws IOException if it cannot read it, or finds it empty
         */
        <V> V read(ValueType<V> type) throws IOException {
            try {
                V value = type.read(version, new DataInputStream(new ByteArrayInputStream(bytes)));
                if (type.isEmpty(value)) {
                    throw new IOException("an empty value");
                }
                return value;
            } catch (RuntimeException | LinkageError e) {
                throw new IOException(e);
            }
        }
    }

    private final String name;

    ParkedType(String name) {
        this.name = name;
    }

    /** Stands for a type. */
    static ValueType<?> of(ValueType<?> type) {
        return type instanceof BytesType
                ? new ParkedBytesType(type.name(), type.encodingVersion())
                : new ParkedType(type.name());
    }

    /** Whether a type only stands for one that is not there. */
    static boolean isParked(ValueType<?> type) {
        return type instanceof ParkedType || type instanceof ParkedBytesType;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int encodingVersion() {
        throw notThere();
    }

    @Override
    public Parked create() {
        throw notThere();
    }

    @Override
    public Parked copy(Parked value) {
        return value;
    }

    @Override
    public long memoryBytes(Parked value) {
        return SHALLOW_BYTES + Layout.bytes(value.bytes.length);
    }

    @Override
    public String encoding(Parked value) {
        return ENCODING;
    }

    @Override
    public void write(Parked value, DataOutput out) {
        throw notThere();
    }

    @Override
    public Parked read(int version, DataInput in) {
        throw notThere();
    }

    private IllegalStateException notThere() {
        return new IllegalStateException("the plugin of the type " + name + " is not there");
    }
}

package io.miniredis.testkit;

import io.miniredis.api.Slice;
import io.miniredis.api.ValueType;
import io.miniredis.api.rdb.MalformedRdbException;
import io.miniredis.api.rdb.RdbReader;
import io.miniredis.api.rdb.RdbType;
import io.miniredis.api.rdb.RdbWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A form in which values travel, as bytes.
 *
 * @param <V> the class of the values
 */
interface Form<V> {
    /** What messages call it. */
    String name();

    byte[] write(V value) throws Exception;

    /** Reads a value; throws {@link #refusal} if the bytes are none. */
    V read(byte[] bytes) throws Exception;

    /** What bytes that are no value are refused with. */
    Class<? extends Exception> refusal();

    /** The type's own form, in a version. */
    static <V> Form<V> own(ValueType<V> type, int version) {
        return new Own<>(type, version);
    }

    /** Redis's form. */
    static <V> Form<V> rdb(RdbType<V> type) {
        return new Rdb<>(type);
    }

    /** That of {@link ValueType#write}. */
    record Own<V>(ValueType<V> type, int version) implements Form<V> {
        @Override
        public String name() {
            return "read()";
        }

        @Override
        public byte[] write(V value) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            type.write(value, new DataOutputStream(bytes));
            return bytes.toByteArray();
        }

        @Override
        public V read(byte[] bytes) throws IOException {
            return type.read(version, new DataInputStream(new ByteArrayInputStream(bytes)));
        }

        @Override
        public Class<IOException> refusal() {
            return IOException.class;
        }
    }

    /** That of {@link RdbType#writeRdb}. */
    record Rdb<V>(RdbType<V> type) implements Form<V> {
        private static final long MOST_UNPACKED_BYTES = 1 << 20;

        @Override
        public String name() {
            return "readRdb()";
        }

        @Override
        public byte[] write(V value) {
            RdbWriter out = new RdbWriter();
            type.writeRdb(value, out);
            return out.written().copy();
        }

        @Override
        public V read(byte[] bytes) throws MalformedRdbException {
            return type.readRdb(type.rdbType(), new RdbReader(new Slice(bytes), MOST_UNPACKED_BYTES));
        }

        @Override
        public Class<MalformedRdbException> refusal() {
            return MalformedRdbException.class;
        }
    }
}

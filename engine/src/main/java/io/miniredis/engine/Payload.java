package io.miniredis.engine;

import io.miniredis.api.CommandException;
import io.miniredis.api.Slice;
import io.miniredis.api.ValueType;
import io.miniredis.api.rdb.MalformedRdbException;
import io.miniredis.api.rdb.RdbReader;
import io.miniredis.api.rdb.RdbType;
import io.miniredis.api.rdb.RdbWriter;

/**
 * What DUMP answers and RESTORE takes: a value in Redis's form.
 *
 * <pre>
 *   +------+----------+-------------+--------------+
 *   | type | value    | version (2) | checksum (8) |      numbers are little endian
 *   +------+----------+-------------+--------------+
 * </pre>
 */
final class Payload {
    /** That of Redis 7.0. */
    private static final int VERSION = 10;

    private static final int VERSION_BYTES = 2;
    private static final int FOOTER_BYTES = VERSION_BYTES + Long.BYTES;

    private Payload() {}

    /** A value that was read, and its type. */
    record Restored(ValueType<Object> type, Object value) {}

    /** A value's payload; null if its type has no form that Redis knows. */
    static Slice of(ValueType<?> type, Object value) {
        if (!(type instanceof RdbType<?>)) {
            return null;
        }
        @SuppressWarnings("unchecked")
        RdbType<Object> typed = (RdbType<Object>) type;
        RdbWriter out = new RdbWriter();
        out.raw(typed.rdbType());
        typed.writeRdb(value, out);
        out.littleEndian(VERSION, VERSION_BYTES);
        Slice written = out.written();
        out.littleEndian(Crc64.of(written.array(), 0, written.length()), Long.BYTES);
        return out.written();
    }

    /** How long a value is in Redis's form, without its type; 0 if it has none. */
    static int length(ValueType<?> type, Object value) {
        Slice payload = of(type, value);
        return payload == null ? 0 : payload.length() - 1 - FOOTER_BYTES;
    }

    /**
     * Reads a payload.
     *
     * @param maxUnpackedBytes how many bytes may come of what is compressed in it
     */
    static Restored read(Slice payload, Types types, long maxUnpackedBytes) throws CommandException {
        if (!isWhole(payload)) {
            throw new CommandException("ERR DUMP payload version or checksum are wrong");
        }
        Slice value = new Slice().wrap(payload.array(), payload.offset(), payload.length() - FOOTER_BYTES);
        try {
            return read(new RdbReader(value, maxUnpackedBytes), types);
        } catch (MalformedRdbException e) {
            throw new CommandException("ERR Bad data format");
        }
    }

    private static boolean isWhole(Slice payload) {
        int checked = payload.length() - Long.BYTES;
        if (payload.length() < FOOTER_BYTES
                || littleEndian(payload, checked - VERSION_BYTES, VERSION_BYTES) > VERSION) {
            return false;
        }
        return littleEndian(payload, checked, Long.BYTES) == Crc64.of(payload.array(), payload.offset(), checked);
    }

    private static long littleEndian(Slice bytes, int at, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (bytes.byteAt(at + i) & 0xffL) << (8 * i);
        }
        return value;
    }

    private static Restored read(RdbReader in, Types types) throws MalformedRdbException {
        int rdbType = in.raw();
        RdbType<Object> type = types.reading(rdbType);
        if (type == null) {
            throw new MalformedRdbException("values of type " + rdbType + " are unknown here");
        }
        Object value = type.readRdb(rdbType, in);
        if (type.isEmpty(value)) {
            throw new MalformedRdbException("an empty collection");
        }
        return new Restored(type, value);
    }
}

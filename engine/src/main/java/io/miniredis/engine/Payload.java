package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.miniredis.api.CommandException;
import io.miniredis.api.Slice;
import io.miniredis.api.ValueType;
import io.miniredis.api.rdb.MalformedRdbException;
import io.miniredis.api.rdb.RdbReader;
import io.miniredis.api.rdb.RdbType;
import io.miniredis.api.rdb.RdbWriter;
import io.miniredis.engine.ParkedType.Parked;
import java.io.IOException;

/**
 * What DUMP answers and RESTORE takes: a value in Redis's form, or, if Redis has none for its type, in the type's own.
 *
 * <pre>
 *   +------+----------+-------------+--------------+
 *   | type | value    | version (2) | checksum (8) |      numbers are little endian
 *   +------+----------+-------------+--------------+
 * </pre>
 *
 * A type's own form is its name, the version of its encoding, and what it writes.
 */
final class Payload {
    /** Says that a type's own form follows. Redis's numbers for types begin at 0, those for what is no value end at 255. */
    private static final int NAMED = 200;

    /** That of Redis 7.0. */
    private static final int VERSION = 10;

    private static final int VERSION_BYTES = 2;
    private static final int FOOTER_BYTES = VERSION_BYTES + Long.BYTES;

    private Payload() {}

    /** A value that was read, and its type. */
    record Restored(ValueType<Object> type, Object value) {}

    /**
     * A value's payload.
     *
     * @throws IOException if its type cannot write it
     */
    static Slice of(ValueType<?> type, Object value) throws IOException {
        RdbWriter out = new RdbWriter();
        if (type instanceof RdbType<?>) {
            @SuppressWarnings("unchecked")
            RdbType<Object> typed = (RdbType<Object>) type;
            out.raw(typed.rdbType());
            typed.writeRdb(value, out);
        } else {
            Parked parked = Parked.of(type, value);
            out.raw(NAMED);
            out.string(new Slice(type.name().getBytes(UTF_8)));
            out.length(parked.version);
            out.string(new Slice(parked.bytes));
        }
        out.littleEndian(VERSION, VERSION_BYTES);
        Slice written = out.written();
        out.littleEndian(Crc64.of(written.array(), 0, written.length()), Long.BYTES);
        return out.written();
    }

    /** How long a value is in its payload, without the number of its type. */
    static int length(ValueType<?> type, Object value) throws IOException {
        return of(type, value).length() - 1 - FOOTER_BYTES;
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
        if (rdbType == NAMED) {
            return readNamed(in, types);
        }
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

    /** If there is no type of that name, the value is parked until there is. */
    @SuppressWarnings("unchecked")
    private static Restored readNamed(RdbReader in, Types types) throws MalformedRdbException {
        String name = new String(in.string().copy(), UTF_8);
        long version = in.length();
        Parked parked = new Parked((int) version, in.string().copy());
        if (name.isEmpty() || version < 1 || version > Integer.MAX_VALUE || in.remaining() > 0) {
            throw new MalformedRdbException("a value of a type that has a name");
        }
        ValueType<Object> type = (ValueType<Object>) types.named(name);
        if (type == null || ParkedType.isParked(type)) {
            return new Restored((ValueType<Object>) (ValueType<?>) new ParkedType(name), parked);
        }
        try {
            return new Restored(type, parked.read(type));
        } catch (IOException e) {
            throw new MalformedRdbException(name + ", version " + version);
        }
    }
}

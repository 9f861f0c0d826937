package demo.ratelimiter;

import io.miniredis.api.BytesType;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.Key;
import io.miniredis.api.Slice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What is kept for a key whose rate is limited: a point in time, eight bytes, nanoseconds since the epoch. It lies beside its
 * key and goes when it is past, for then it means the same as none.
 */
public final class ArrivalType extends BytesType {
    private static final ArrivalType INSTANCE = new ArrivalType();

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** For the service loader. All instances are alike. */
    public ArrivalType() {}

    @Override
    public String name() {
        return "arrival";
    }

    /** The time kept for a key; the start of the epoch if there is none. */
    static long get(CommandContext context, Key key) throws CommandException {
        Slice value = context.keyspace().read(key, INSTANCE);
        if (value == null) {
            return 0;
        }
        if (value.length() != Long.BYTES) { // RESTORE takes any bytes
            throw new CommandException("ERR the key does not hold a time of arrival");
        }
        return (long) LONG.get(value.array(), value.offset());
    }

    /** Keeps a time for a key, until then. */
    static void put(CommandContext context, Key key, long nanos) {
        byte[] bytes = context.scratch(Long.BYTES);
        LONG.set(bytes, 0, nanos);
        long expiresAtMillis = (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
        context.keyspace().put(key, INSTANCE, new Slice().wrap(bytes, 0, Long.BYTES), expiresAtMillis);
    }
}

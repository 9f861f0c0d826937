package io.miniredis.engine;

import io.miniredis.api.ArrayPool;
import io.miniredis.api.Layout;
import io.miniredis.api.ValueType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A key whose value is an object, or bytes too large for {@link Packed}. */
final class Entry {
    private static final Logger LOG = LoggerFactory.getLogger(Entry.class);
    private static final long SHALLOW_BYTES = Layout.object(3, 8);

    final byte[] key;
    final ValueType<?> type;
    final Object value;

    /** What the value weighed when it was last settled, and in the low bits when it was used last. */
    private long valueBytesAndUsed;

    Entry(byte[] key, ValueType<?> type, Object value) {
        this.key = key;
        this.type = type;
        this.value = value;
        valueBytes(weigh());
    }

    /** The type, to be asked about the value, which is not {@link LargeBytes}. */
    @SuppressWarnings("unchecked")
    ValueType<Object> typed() {
        return (ValueType<Object>) type;
    }

    private long valueBytes() {
        return valueBytesAndUsed >>> AccessTime.BITS;
    }

    private void valueBytes(long bytes) {
        valueBytesAndUsed = (bytes << AccessTime.BITS) | used();
    }

    /** When the value was used last, as {@link AccessTime} counts. */
    int used() {
        return (int) valueBytesAndUsed & AccessTime.MASK;
    }

    /** Notes that the value is used, unless that is known already. */
    void use(int time) {
        if (used() != time) {
            valueBytesAndUsed = (valueBytesAndUsed & ~(long) AccessTime.MASK) | time;
        }
    }

    private long weigh() {
        if (value instanceof LargeBytes bytes) {
            return bytes.memoryBytes();
        }
        return typed().memoryBytes(value);
    }

    /** Weighs the value again after a change. Returns by how many bytes it grew. */
    long settle() {
        long before = valueBytes();
        valueBytes(weigh());
        return valueBytes() - before;
    }

    boolean isEmpty() {
        if (value instanceof LargeBytes) {
            return false;
        }
        return typed().isEmpty(value);
    }

    /**
     * Has a value that has left the keyspace for good give its arrays away, or some of them. If its type fails to, others are none the worse
     * for it.
     *
     * @return whether that was all
     */
    boolean release(ArrayPool arrays) {
        if (value instanceof LargeBytes bytes) {
            bytes.release(arrays);
            return true;
        }
        try {
            return typed().release(value, arrays);
        } catch (Throwable e) {
            LOG.error("A value of type {} could not be released", type.name(), e);
            return true;
        }
    }

    long memoryBytes() {
        return SHALLOW_BYTES + Layout.bytes(key.length) + valueBytes();
    }
}

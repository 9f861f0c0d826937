package io.miniredis.engine;

import io.miniredis.api.ArrayPool;
import io.miniredis.api.Layout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The arrays of large values that were removed or replaced, to be used for others. They have {@linkplain SlotSizes a few dozen sizes},
 * so that one that is given fits many that are asked for. Thread-safe.
 */
final class SpareArrays implements ArrayPool {
    /** Longer ones are made as long as they are asked for, and not kept. */
    static final int MOST_BYTES = 4 << 20;

    /** Shorter ones are not worth keeping; most values that short are not here anyway. */
    private static final int FEWEST_BYTES = 1 << 10;

    /**
     * What is kept, as a part of the data. With fewer a value that comes would often find none of its size, above all if there are but few
     * values, each of them large.
     */
    private static final int PART = 4;

    /** How many sizes larger an array may be than it need be, if there is no other. */
    private static final int LARGER = 2;

    /** As many are kept in any case, as a part of the heap. */
    private static final int HEAP_PART = 64;

    private final LongSupplier dataBytes;
    private final long leastBytes;
    private final LongAdder slack;

    /** By number of the size. */
    private final List<Deque<byte[]>> bySize = Stream.generate(SpareArrays::none)
            .limit(SlotSizes.number(MOST_BYTES) + 1)
            .toList();

    private long bytes;

    /** Of which size an array was dropped last. */
    private int hand;

    /**
     * None yet.
     *
     * @param dataBytes what all data occupies
     * @param slack gets what these arrays occupy
     */
    SpareArrays(LongSupplier dataBytes, LongAdder slack) {
        this(dataBytes, Runtime.getRuntime().maxMemory() / HEAP_PART, slack);
    }

    /** @param leastBytes how much is kept however little data there is */
    SpareArrays(LongSupplier dataBytes, long leastBytes, LongAdder slack) {
        this.dataBytes = dataBytes;
        this.leastBytes = leastBytes;
        this.slack = slack;
    }

    private static Deque<byte[]> none() {
        return new ArrayDeque<>(1);
    }

    @Override
    public byte[] take(int length) {
        if (length < FEWEST_BYTES || length > MOST_BYTES) {
            return new byte[length];
        }
        int size = SlotSizes.number(length);
        byte[] spare = poll(size);
        return spare != null ? spare : new byte[SlotSizes.bytes(size)];
    }

    private synchronized byte[] poll(int size) {
        for (int larger = size; larger < Math.min(size + LARGER + 1, bySize.size()); larger++) {
            byte[] spare = bySize.get(larger).poll();
            if (spare != null) {
                add(-Layout.bytes(spare.length));
                return spare;
            }
        }
        return null;
    }

    @Override
    public void give(byte[] array) {
        if (array.length < FEWEST_BYTES || array.length > MOST_BYTES) {
            return;
        }
        int size = SlotSizes.number(array.length);
        if (SlotSizes.bytes(size) == array.length) { // otherwise it did not come from here
            keep(size, array);
        }
    }

    private synchronized void keep(int size, byte[] array) {
        bySize.get(size).push(array);
        add(Layout.bytes(array.length));
        long most = Math.max(leastBytes, dataBytes.getAsLong() / PART);
        while (bytes > most) {
            dropOne();
        }
    }

    /** Lets go of an array, each time of another size, so that those go that nobody asks for any more. */
    private void dropOne() {
        byte[] dropped = null;
        while (dropped == null) {
            hand = (hand + 1) % bySize.size();
            dropped = bySize.get(hand).pollLast();
        }
        add(-Layout.bytes(dropped.length));
    }

    /** Lets go of all. Returns whether there were any. */
    synchronized boolean drop() {
        boolean isThere = bytes > 0;
        bySize.forEach(Deque::clear);
        add(-bytes);
        return isThere;
    }

    private void add(long more) {
        bytes += more;
        slack.add(more);
    }
}

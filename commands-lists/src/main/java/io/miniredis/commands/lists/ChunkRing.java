package io.miniredis.commands.lists;

import io.miniredis.api.Layout;
import java.util.Arrays;

/**
 * The chunks of a list that has more than one, in a circular array: added and removed at both ends, found by number.
 * Keeps the sums that would otherwise have to be counted.
 *
 * <p>Which chunk an index lies in is found without looking into the chunks, whose headers would each have to come from memory: how many
 * elements those between the two at the ends have stands in an array beside the ring. The two at the ends are changed where they
 * lie, by each push and pop, so theirs is read from themselves; it is noted when another chunk takes their place at the end.
 */
final class ChunkRing {
    private static final int MIN_CAPACITY = 4;

    /** So many counts are added up before looking whether that was too many: without a branch for each, several in one instruction. */
    private static final int SUMMED_AT_ONCE = 128;

    private static final long SHALLOW_BYTES = Layout.object(2, 2 * Integer.BYTES + 2 * Long.BYTES);

    /** Its length is a power of two. */
    private byte[][] chunks = new byte[MIN_CAPACITY][];

    /** How many elements each chunk has that is not at an end; for one at an end, how many it may have had once. */
    private int[] counts = new int[MIN_CAPACITY];

    /** Where the head's chunk stands. */
    private int first;

    private int count;

    /** The elements in all chunks. */
    private long size;

    /** What all chunks weigh. */
    private long chunkBytes;

    ChunkRing(byte[] only) {
        add(ListEnd.TAIL, only);
    }

    private ChunkRing(ChunkRing original) {
        chunks = new byte[original.chunks.length][];
        counts = new int[original.chunks.length];
        count = original.count;
        size = original.size;
        chunkBytes = original.chunkBytes;
        for (int i = 0; i < count; i++) {
            put(i, Chunk.copy(original.get(i)));
        }
    }

    ChunkRing copy() {
        return new ChunkRing(this);
    }

    int count() {
        return count;
    }

    long size() {
        return size;
    }

    /** Says that an end's chunk got or lost elements. */
    void grew(long elements) {
        size += elements;
    }

    long memoryBytes() {
        return SHALLOW_BYTES
                + Layout.references(chunks.length)
                + Layout.bytes((long) counts.length * Integer.BYTES)
                + chunkBytes;
    }

    /** The chunk of a number, counted from the head. */
    byte[] get(int number) {
        return chunks[index(number)];
    }

    byte[] get(ListEnd end) {
        return get(number(end));
    }

    private int number(ListEnd end) {
        return number(end, 0);
    }

    /** The number of a chunk that is counted from an end. */
    private int number(ListEnd end, int nth) {
        return end == ListEnd.HEAD ? nth : count - 1 - nth;
    }

    private int index(int number) {
        return (first + number) & (chunks.length - 1);
    }

    /** Puts a chunk into a place, whatever is there. */
    private void put(int number, byte[] chunk) {
        int index = index(number);
        chunks[index] = chunk;
        counts[index] = Chunk.count(chunk);
    }

    /** Puts the chunk of one place into another as well. */
    private void move(int from, int to) {
        chunks[index(to)] = chunks[index(from)];
        counts[index(to)] = counts[index(from)];
    }

    /**
     * Where the element of an index is, which there must be. Counts from the nearer end, many chunks at a time.
     *
     * @return the number of its chunk in the upper half, its own number in that chunk in the lower
     */
    long place(long index) {
        ListEnd end = index < size / 2 ? ListEnd.HEAD : ListEnd.TAIL;
        long left = end == ListEnd.HEAD ? index : size - 1 - index;
        int passed = 0;
        int here = countAt(number(end));
        if (left >= here) {
            left -= here;
            passed = 1;
            for (int run = run(end, passed); run > 0; run = run(end, passed)) {
                int from = index(number(end, end == ListEnd.HEAD ? passed : passed + run - 1));
                int sum = sum(from, from + run);
                if (sum > left) {
                    break;
                }
                left -= sum;
                passed += run;
            }
            here = countAt(number(end, passed));
            while (left >= here) {
                left -= here;
                passed++;
                here = countAt(number(end, passed));
            }
        }
        return place(number(end, passed), (int) (end == ListEnd.HEAD ? left : here - 1 - left));
    }

    /** How many of the next chunks that are not at an end can be summed up: they stand side by side. */
    private int run(ListEnd end, int passed) {
        int next = index(number(end, passed));
        int straight = end == ListEnd.HEAD ? chunks.length - next : next + 1;
        return Math.min(Math.min(SUMMED_AT_ONCE, straight), count - 1 - passed);
    }

    private int sum(int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += counts[i];
        }
        return sum;
    }

    private int countAt(int number) {
        boolean atAnEnd = number == 0 || number == count - 1;
        return atAnEnd ? Chunk.count(get(number)) : counts[index(number)];
    }

    static long place(int number, int element) {
        return ((long) number << Integer.SIZE) | element;
    }

    /** Puts a chunk in the place of another. */
    void replace(int number, byte[] chunk) {
        int index = index(number);
        chunkBytes += Chunk.memoryBytes(chunk) - Chunk.memoryBytes(chunks[index]);
        size += Chunk.count(chunk) - Chunk.count(chunks[index]);
        put(number, chunk);
    }

    /** Puts a chunk before another; those between it and the nearer end move. */
    void insert(int number, byte[] chunk) {
        if (number <= count / 2) {
            add(ListEnd.HEAD, chunk);
            for (int i = 0; i < number; i++) {
                move(i + 1, i);
            }
        } else {
            add(ListEnd.TAIL, chunk);
            for (int i = count - 1; i > number; i--) {
                move(i - 1, i);
            }
        }
        put(number, chunk);
    }

    /** Removes a chunk; those between it and the nearer end move. */
    void remove(int number) {
        byte[] chunk = chunks[index(number)];
        if (number < count / 2) {
            for (int i = number; i > 0; i--) {
                move(i - 1, i);
            }
            put(0, chunk);
            remove(ListEnd.HEAD);
        } else {
            for (int i = number; i < count - 1; i++) {
                move(i + 1, i);
            }
            put(count - 1, chunk);
            remove(ListEnd.TAIL);
        }
    }

    void add(ListEnd end, byte[] chunk) {
        if (count == chunks.length) {
            resize(count * 2);
        }
        if (count > 0) {
            put(number(end), get(end)); // its count stays as it is from now on
        }
        if (end == ListEnd.HEAD) {
            first = index(-1);
        }
        count++;
        put(number(end), chunk);
        chunkBytes += Chunk.memoryBytes(chunk);
        size += Chunk.count(chunk);
    }

    void remove(ListEnd end) {
        int index = index(number(end));
        chunkBytes -= Chunk.memoryBytes(chunks[index]);
        size -= Chunk.count(chunks[index]);
        chunks[index] = null;
        count--;
        if (end == ListEnd.HEAD) {
            first = index(1);
        }
        if (count < chunks.length / 4 && chunks.length > MIN_CAPACITY) {
            resize(chunks.length / 2);
        }
    }

    private void resize(int capacity) {
        byte[][] resized = Arrays.copyOfRange(chunks, first, first + capacity);
        int[] resizedCounts = Arrays.copyOfRange(counts, first, first + capacity);
        // What stands before the first wraps around.
        int straight = Math.min(count, chunks.length - first);
        System.arraycopy(chunks, 0, resized, straight, count - straight);
        System.arraycopy(counts, 0, resizedCounts, straight, count - straight);
        chunks = resized;
        counts = resizedCounts;
        first = 0;
    }
}

package io.miniredis.commands.lists;

import io.miniredis.api.Layout;
import java.util.Arrays;

/**
 * The chunks of a list that has more than one, in a circular array: added and removed at both ends, found by number.
 * Keeps the sums that would otherwise have to be counted.
 */
final class ChunkRing {
    private static final int MIN_CAPACITY = 4;
    private static final long SHALLOW_BYTES = Layout.object(1, 2 * Integer.BYTES + 2 * Long.BYTES);

    /** Its length is a power of two. */
    private byte[][] chunks = new byte[MIN_CAPACITY][];

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
        count = original.count;
        size = original.size;
        chunkBytes = original.chunkBytes;
        for (int i = 0; i < count; i++) {
            chunks[i] = Chunk.copy(original.get(i));
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
        return SHALLOW_BYTES + Layout.references(chunks.length) + chunkBytes;
    }

    /** The chunk of a number, counted from the head. */
    byte[] get(int number) {
        return chunks[index(number)];
    }

    byte[] get(ListEnd end) {
        return get(number(end));
    }

    private int number(ListEnd end) {
        return end == ListEnd.HEAD ? 0 : count - 1;
    }

    private int index(int number) {
        return (first + number) & (chunks.length - 1);
    }

    /** Puts a chunk in the place of another. */
    void replace(int number, byte[] chunk) {
        int index = index(number);
        chunkBytes += Chunk.memoryBytes(chunk) - Chunk.memoryBytes(chunks[index]);
        size += Chunk.count(chunk) - Chunk.count(chunks[index]);
        chunks[index] = chunk;
    }

    void replace(ListEnd end, byte[] chunk) {
        replace(number(end), chunk);
    }

    /** Puts a chunk before another; those between it and the nearer end move. */
    void insert(int number, byte[] chunk) {
        if (number <= count / 2) {
            add(ListEnd.HEAD, chunk);
            for (int i = 0; i < number; i++) {
                chunks[index(i)] = chunks[index(i + 1)];
            }
        } else {
            add(ListEnd.TAIL, chunk);
            for (int i = count - 1; i > number; i--) {
                chunks[index(i)] = chunks[index(i - 1)];
            }
        }
        chunks[index(number)] = chunk;
    }

    /** Removes a chunk; those between it and the nearer end move. */
    void remove(int number) {
        byte[] chunk = chunks[index(number)];
        if (number < count / 2) {
            for (int i = number; i > 0; i--) {
                chunks[index(i)] = chunks[index(i - 1)];
            }
            chunks[index(0)] = chunk;
            remove(ListEnd.HEAD);
        } else {
            for (int i = number; i < count - 1; i++) {
                chunks[index(i)] = chunks[index(i + 1)];
            }
            chunks[index(count - 1)] = chunk;
            remove(ListEnd.TAIL);
        }
    }

    void add(ListEnd end, byte[] chunk) {
        if (count == chunks.length) {
            resize(count * 2);
        }
        if (end == ListEnd.HEAD) {
            first = index(-1);
        }
        count++;
        chunks[index(number(end))] = chunk;
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
        // What stands before the first wraps around.
        int straight = Math.min(count, chunks.length - first);
        System.arraycopy(chunks, 0, resized, straight, count - straight);
        chunks = resized;
        first = 0;
    }
}

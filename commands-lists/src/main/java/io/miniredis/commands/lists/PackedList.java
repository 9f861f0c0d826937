package io.miniredis.commands.lists;

import io.miniredis.api.Reply;

/**
 * A list of byte strings: one {@link Chunk} while that is enough, a {@link ChunkRing} of them from then on. Both ends
 * take and give elements in O(1); an index is found from the nearer end, chunk by chunk.
 *
 * <p>The list is never without a chunk. All but an only one hold at least one element.
 */
final class PackedList {
    /*
     * Why chunks, and why of 4 KB. An element of 16 bytes in an array of its own weighs 32, and 4 to 8 more for the
     * reference to it; packed, it weighs the two bytes more that frame it. What a chunk itself costs (its headers, its
     * place in the ring, the room that the next element did not fit into) is spread over its elements, and what is lost
     * to it shrinks slowly: 18.7 bytes for such an element in chunks of 1 KB, 18.3 in 2 KB, 18.15 in 4 KB, 18.1 in 8 KB.
     * What a chunk makes dear grows with it at the same time: the walk to an element inside it, the copy when something
     * in its middle changes. Above 4 KB nothing worth having is left.
     *
     * A chunk's array grows by a quarter of what the list weighs. So a short list stays exactly as large as it needs to
     * be, give or take a few elements, and a long one gets whole chunks at once. When an end's chunk is full, room at
     * its other end is used first, but only if there is so much that moving the elements there pays: each byte moved is
     * paid for by the pushes that it makes room for, so a queue that is filled at one end and emptied at the other
     * stays in its array.
     */

    private static final int SHALLOW_BYTES = 24;
    private static final int MAX_PACKED_BYTES = Chunk.MAX_LENGTH - Chunk.HEADER_BYTES;

    /** Arrays up to this length are not worth shrinking. */
    private static final int SMALL_LENGTH = 64;

    /** The only chunk; null while there is a ring. */
    private byte[] only = Chunk.EMPTY;

    /** Two chunks or more; null while one is enough. */
    private ChunkRing ring;

    long size() {
        return ring == null ? Chunk.count(only) : ring.size();
    }

    long memoryBytes() {
        return SHALLOW_BYTES + (ring == null ? Chunk.memoryBytes(only) : ring.memoryBytes());
    }

    PackedList copy() {
        PackedList copy = new PackedList();
        copy.only = ring == null ? Chunk.copy(only) : null;
        copy.ring = ring == null ? null : ring.copy();
        return copy;
    }

    int chunkCount() {
        return ring == null ? 1 : ring.count();
    }

    /** A chunk by its number, counted from the head. */
    byte[] chunk(int number) {
        return ring == null ? only : ring.get(number);
    }

    private byte[] chunk(ListEnd end) {
        return ring == null ? only : ring.get(end);
    }

    /** An end's chunk, to change it. */
    private byte[] ownChunk(ListEnd end) {
        byte[] chunk = chunk(end);
        if (!Chunk.isLent(chunk)) {
            return chunk;
        }
        byte[] own = Chunk.copy(chunk);
        replace(end, own);
        return own;
    }

    /** Adds an element at an end. Its bytes are copied. */
    void push(ListEnd end, byte[] array, int offset, int length) {
        int needed = Chunk.packedBytes(length);
        if (needed > MAX_PACKED_BYTES) {
            addChunk(end, Chunk.of(array, offset, length));
            return;
        }
        byte[] chunk = ownChunk(end);
        if (Chunk.room(chunk, end) < needed) {
            chunk = makeRoom(end, chunk, needed);
        }
        Chunk.push(chunk, end, array, offset, length);
        if (ring != null) {
            ring.grew(1);
        }
    }

    /** Finds the room for an element in the chunk that is there, in a larger one, or in one more. */
    private byte[] makeRoom(ListEnd end, byte[] chunk, int needed) {
        int used = Chunk.used(chunk);
        int spare = Chunk.room(chunk) - needed;
        if (spare >= used / 2) {
            Chunk.slide(chunk, spare / 2 + (end == ListEnd.HEAD ? needed : 0));
            return chunk;
        }
        if (chunk.length < Chunk.MAX_LENGTH && used + needed <= MAX_PACKED_BYTES) {
            byte[] larger = Chunk.resized(chunk, lengthFor(used + needed), end);
            replace(end, larger);
            return larger;
        }
        byte[] another = Chunk.resized(Chunk.EMPTY, lengthFor(needed), end);
        addChunk(end, another);
        return another;
    }

    private void addChunk(ListEnd end, byte[] chunk) {
        if (only == Chunk.EMPTY) {
            only = chunk;
            return;
        }
        dropRoom(end);
        if (ring == null) {
            ring = new ChunkRing(only);
            only = null;
        }
        ring.add(end, chunk);
    }

    /** Gives back the room in a chunk that will not be at an end any more, if it is worth a copy. */
    private void dropRoom(ListEnd end) {
        byte[] chunk = chunk(end);
        if (Chunk.room(chunk) > chunk.length / 16) {
            replace(end, Chunk.resized(chunk, rounded(Chunk.HEADER_BYTES + Chunk.used(chunk)), end));
        }
    }

    /** How long a chunk's array should be. A large element gets exactly what it needs, since no second one would fit. */
    private int lengthFor(int packedBytes) {
        int length = Chunk.HEADER_BYTES + packedBytes;
        boolean isLarge = packedBytes > MAX_PACKED_BYTES / 2;
        return rounded(isLarge ? length : (int) Math.min(Chunk.MAX_LENGTH, length + memoryBytes() / 4));
    }

    /** Uses what the JVM would add as padding. */
    private static int rounded(int length) {
        return (length + 7) & ~7;
    }

    private void replace(ListEnd end, byte[] chunk) {
        if (ring == null) {
            only = chunk;
        } else {
            ring.replace(end, chunk);
        }
    }

    /** Writes the element at an end, which there must be, and removes it. */
    void pop(ListEnd end, Reply reply) {
        byte[] chunk = chunk(end);
        int length;
        int offset;
        if (end == ListEnd.HEAD) {
            int start = Chunk.start(chunk);
            length = Chunk.lengthAfter(chunk, start);
            offset = Chunk.bytesAfter(start, length);
        } else {
            int after = Chunk.end(chunk);
            length = Chunk.lengthBefore(chunk, after);
            offset = Chunk.bytesBefore(after, length);
        }
        reply.bulk(chunk, offset, length);
        remove(end, 1);
    }

    /** Removes elements from an end; as many as there are, at most. Whole chunks go without being looked into. */
    void remove(ListEnd end, long elements) {
        long left = Math.min(elements, size());
        while (left > 0) {
            byte[] chunk = chunk(end);
            int count = Chunk.count(chunk);
            if (left >= count) {
                left -= count;
                removeChunk(end);
            } else {
                removeFrom(end, (int) left);
                left = 0;
            }
        }
    }

    private void removeFrom(ListEnd end, int elements) {
        byte[] chunk = ownChunk(end);
        Chunk.pop(chunk, end, elements);
        if (ring != null) {
            ring.grew(-elements);
        }
        if (chunk.length > SMALL_LENGTH && Chunk.room(chunk) > memoryBytes() / 2) {
            int used = Chunk.used(chunk);
            replace(end, Chunk.resized(chunk, rounded(Chunk.HEADER_BYTES + used + used / 4), end));
        }
    }

    private void removeChunk(ListEnd end) {
        if (ring == null) {
            only = Chunk.EMPTY;
            return;
        }
        ring.remove(end);
        if (ring.count() == 1) {
            only = ring.get(end);
            ring = null;
        }
    }
}

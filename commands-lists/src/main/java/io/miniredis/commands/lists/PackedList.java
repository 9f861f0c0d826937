package io.miniredis.commands.lists;

import io.miniredis.api.ArrayPool;
import io.miniredis.api.CompactType;
import io.miniredis.api.Layout;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;

/**
 * A list of byte strings: one {@link Chunk} while that is enough, a {@link ChunkRing} of them from then on. Both ends
 * take and give elements in O(1); an index is found from the nearer end, by the counts of the chunks.
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

    private static final long SHALLOW_BYTES = Layout.object(3, 0);
    private static final int MAX_PACKED_BYTES = Chunk.MAX_LENGTH - Chunk.HEADER_BYTES;

    /** Arrays up to this length are not worth shrinking. */
    private static final int SMALL_LENGTH = 64;

    /** That takes some thirty microseconds. */
    private static final int CHUNKS_RELEASED_AT_ONCE = 256;

    /** The only chunk; null while there is a ring. */
    private byte[] only = Chunk.EMPTY;

    /** Two chunks or more; null while one is enough. */
    private ChunkRing ring;

    /** Where chunks come from and go to. */
    private ArrayPool arrays = ArrayPool.NONE;

    /** Has chunks come from a pool and go to it. Returns this. */
    PackedList using(ArrayPool pool) {
        if (arrays != pool) {
            arrays = pool;
        }
        return this;
    }

    /** Makes a list that {@link #compact} has shown, with room for a little more. */
    static PackedList expand(Slice bytes) {
        PackedList list = new PackedList();
        list.only = Chunk.expand(bytes);
        return list;
    }

    /** Shows the elements as they are packed, if they are few. Returns whether they are. */
    boolean compact(Slice target) {
        if (ring != null || Chunk.used(only) > CompactType.MOST_BYTES) {
            return false;
        }
        target.wrap(only, Chunk.start(only), Chunk.used(only));
        return true;
    }

    /** Gives away some chunks, with their elements. Returns whether these were all. */
    boolean release(ArrayPool pool) {
        arrays = pool;
        for (int left = CHUNKS_RELEASED_AT_ONCE; left > 0 && size() > 0; left--) {
            removeChunk(chunkCount() - 1);
        }
        return size() == 0;
    }

    long size() {
        return ring == null ? Chunk.count(only) : ring.size();
    }

    long memoryBytes() {
        return SHALLOW_BYTES + (ring == null ? Chunk.memoryBytes(only) : ring.memoryBytes());
    }

    PackedList copy() {
        PackedList copy = new PackedList().using(arrays);
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

    /** Where the element of an index is: see {@link ChunkRing#place(long)}. */
    long place(long index) {
        return ring == null ? ChunkRing.place(0, (int) index) : ring.place(index);
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
            addChunk(end, Chunk.of(array, offset, length, arrays));
            return;
        }
        byte[] chunk = ownChunk(end);
        if (!Chunk.hasRoom(chunk, end, needed)) {
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
            byte[] larger = Chunk.resized(chunk, lengthFor(used + needed), end, arrays);
            replace(end, larger);
            return larger;
        }
        byte[] another = Chunk.resized(Chunk.EMPTY, lengthFor(needed), end, arrays);
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
        if (chunk.length <= Chunk.MAX_LENGTH && Chunk.room(chunk) > chunk.length / 16) {
            byte[] smaller = Chunk.resized(chunk, Chunk.tightLength(Chunk.used(chunk)), end, arrays);
            if (smaller.length < chunk.length) {
                replace(end, smaller);
            } else { // arrays have no such size
                Chunk.release(smaller, arrays);
            }
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
        return Layout.unpaddedBytes(length);
    }

    private void replace(ListEnd end, byte[] chunk) {
        replace(end == ListEnd.HEAD ? 0 : chunkCount() - 1, chunk);
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

    /** Puts another element in the place of the one that a cursor has shown last. */
    void set(Cursor cursor, Slice element) {
        int number = cursor.chunkNumber();
        int from = cursor.start();
        int packed = Chunk.packedBytes(cursor.length());
        if (cursor.length() == element.length()) {
            byte[] chunk = chunk(number);
            if (Chunk.isLent(chunk)) {
                chunk = Chunk.copy(chunk);
                replace(number, chunk);
            }
            Chunk.set(chunk, from, element);
        } else {
            splice(number, from, from + packed, element);
        }
    }

    /** Puts an element before or after the one that a cursor has shown last. */
    void insert(Cursor cursor, boolean after, Slice element) {
        int at = cursor.start() + (after ? Chunk.packedBytes(cursor.length()) : 0);
        splice(cursor.chunkNumber(), at, at, element);
    }

    /** Puts an element in the place of another, or of none, inside a chunk; divides the chunk if that becomes too large. */
    private void splice(int number, int from, int to, Slice element) {
        byte[] chunk = chunk(number);
        int needed = Chunk.packedBytes(element.length());
        int used = Chunk.used(chunk) - (to - from) + needed;
        int count = Chunk.count(chunk) + (from == to ? 1 : 0);
        if (used <= MAX_PACKED_BYTES) {
            int room = chunk.length - Chunk.HEADER_BYTES - used;
            int length = chunk.length;
            if (room < 0) {
                length = lengthFor(used);
            } else if (length > Chunk.MAX_LENGTH || (room > SMALL_LENGTH && room > length / 2)) {
                length = Chunk.tightLength(used);
            }
            replace(number, Chunk.spliced(chunk, from, to, element, count, length, roomierEnd(chunk), arrays));
        } else {
            divide(number, from, to, element);
        }
    }

    private static ListEnd roomierEnd(byte[] chunk) {
        return Chunk.room(chunk, ListEnd.HEAD) > Chunk.room(chunk, ListEnd.TAIL) ? ListEnd.HEAD : ListEnd.TAIL;
    }

    private void divide(int number, int from, int to, Slice element) {
        byte[] chunk = chunk(number);
        byte[] before = part(chunk, Chunk.start(chunk), from);
        byte[] after = part(chunk, to, Chunk.end(chunk));
        int packed = Chunk.packedBytes(element.length());
        int usedBefore = Chunk.used(before);
        int usedAfter = Chunk.used(after);
        if (Math.min(usedBefore, usedAfter) + packed > MAX_PACKED_BYTES) {
            replace(number, before, Chunk.of(element.array(), element.offset(), element.length(), arrays), after);
        } else if (usedBefore <= usedAfter) {
            replace(number, with(before, Chunk.end(before), element), after);
        } else {
            replace(number, before, with(after, Chunk.start(after), element));
        }
    }

    private byte[] with(byte[] chunk, int at, Slice element) {
        int used = Chunk.used(chunk) + Chunk.packedBytes(element.length());
        int length = Chunk.tightLength(used);
        return Chunk.spliced(chunk, at, at, element, Chunk.count(chunk) + 1, length, ListEnd.TAIL, arrays);
    }

    /** The elements between two boundaries; the chunk itself if these are all. */
    private byte[] part(byte[] chunk, int from, int to) {
        if (from == Chunk.start(chunk) && to == Chunk.end(chunk)) {
            return chunk;
        }
        int count = Chunk.countFrom(chunk, from) - Chunk.countFrom(chunk, to);
        if (count == 0) {
            return Chunk.EMPTY;
        }
        byte[] head = Chunk.spliced(
                chunk, to, Chunk.end(chunk), null, Chunk.count(chunk), chunk.length, ListEnd.TAIL, ArrayPool.NONE);
        int start = Chunk.start(head);
        int length = Chunk.tightLength(to - from);
        return Chunk.spliced(head, start, start + from - Chunk.start(chunk), null, count, length, ListEnd.TAIL, arrays);
    }

    /** Puts chunks in the place of one, which may be among them; empty ones are left out. */
    private void replace(int number, byte[]... chunks) {
        byte[] old = chunk(number);
        boolean isStillThere = false;
        int at = number;
        for (byte[] chunk : chunks) {
            if (Chunk.count(chunk) > 0) {
                if (at == number) {
                    put(at, chunk);
                } else {
                    insertChunk(at, chunk);
                }
                isStillThere |= chunk == old;
                at++;
            }
        }
        if (!isStillThere) {
            Chunk.release(old, arrays);
        }
    }

    private void replace(int number, byte[] chunk) {
        byte[] old = chunk(number);
        put(number, chunk);
        Chunk.release(old, arrays);
    }

    private void put(int number, byte[] chunk) {
        if (ring == null) {
            only = chunk;
        } else {
            ring.replace(number, chunk);
        }
    }

    private void insertChunk(int number, byte[] chunk) {
        if (ring == null) {
            ring = new ChunkRing(only);
            only = null;
        }
        ring.insert(number, chunk);
    }

    /**
     * Removes elements that are equal to one, those nearest to an end first. Each chunk is looked through once and rebuilt at most
     * once; small neighbours become one.
     *
     * @param most how many to remove at most
     * @return how many were removed
     */
    long removeEqual(ListEnd from, Slice element, long most) {
        long removed = 0;
        boolean forwards = from == ListEnd.HEAD;
        int number = forwards ? 0 : chunkCount() - 1;
        while (removed < most && number >= 0 && number < chunkCount() && size() > 0) {
            byte[] chunk = chunk(number);
            int matches = (int) Math.min(most - removed, countEqual(chunk, element));
            removed += matches;
            if (matches == Chunk.count(chunk)) {
                removeChunk(number);
                number -= forwards ? 0 : 1;
                continue;
            }
            if (matches > 0) {
                replace(number, without(chunk, from, element, matches));
                // What was looked through already may take it in.
                int neighbour = forwards ? number - 1 : number + 1;
                if (join(Math.min(number, neighbour))) {
                    number -= forwards ? 1 : 0;
                }
            }
            number += forwards ? 1 : -1;
        }
        return removed;
    }

    private static int countEqual(byte[] chunk, Slice element) {
        int end = Chunk.end(chunk);
        int count = 0;
        for (int at = Chunk.start(chunk); at < end; at += Chunk.packedBytes(Chunk.lengthAfter(chunk, at))) {
            if (Chunk.isAt(chunk, at, element)) {
                count++;
            }
        }
        return count;
    }

    /** A chunk without some elements that are equal to one; not without all there are. */
    private byte[] without(byte[] chunk, ListEnd from, Slice element, int matches) {
        int passed = from == ListEnd.HEAD ? 0 : countEqual(chunk, element) - matches;
        int packed = Chunk.packedBytes(element.length());
        byte[] rest = Chunk.copy(chunk);
        int to = Chunk.start(rest);
        int found = 0;
        int end = Chunk.end(chunk);
        int at = Chunk.start(chunk);
        while (at < end) {
            int next = at + Chunk.packedBytes(Chunk.lengthAfter(chunk, at));
            boolean goes = Chunk.isAt(chunk, at, element) && found++ >= passed && found <= passed + matches;
            if (!goes) {
                System.arraycopy(chunk, at, rest, to, next - at);
                to += next - at;
            }
            at = next;
        }
        int count = Chunk.count(chunk) - matches;
        int length = Chunk.tightLength(Chunk.used(chunk) - matches * packed);
        return Chunk.spliced(rest, to, end, null, count, length, ListEnd.TAIL, arrays);
    }

    /** Makes one chunk of two neighbours if both are small enough. */
    private boolean join(int number) {
        if (number < 0 || number + 1 >= chunkCount()) {
            return false;
        }
        byte[] first = chunk(number);
        byte[] second = chunk(number + 1);
        if (Chunk.used(first) + Chunk.used(second) > MAX_PACKED_BYTES / 2) {
            return false;
        }
        replace(number, Chunk.joined(first, second, arrays));
        removeChunk(number + 1);
        return true;
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
            replace(end, Chunk.resized(chunk, rounded(Chunk.HEADER_BYTES + used + used / 4), end, arrays));
        }
    }

    private void removeChunk(ListEnd end) {
        removeChunk(end == ListEnd.HEAD ? 0 : chunkCount() - 1);
    }

    private void removeChunk(int number) {
        byte[] removed = chunk(number);
        if (ring == null) {
            only = Chunk.EMPTY;
        } else {
            ring.remove(number);
            if (ring.count() == 1) {
                only = ring.get(0);
                ring = null;
            }
        }
        Chunk.release(removed, arrays);
    }
}

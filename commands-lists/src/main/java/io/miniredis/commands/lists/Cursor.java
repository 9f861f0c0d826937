package io.miniredis.commands.lists;

import io.miniredis.api.Slice;

/** Walks over a list's elements towards one end. Shows each where it lies; valid until the list changes. */
final class Cursor {
    private final PackedList list;
    private final ListEnd towards;
    private int number;
    private byte[] chunk;

    /** Where the next element begins; where it ends, when walking towards the head. */
    private int boundary;

    private int offset;
    private int length;

    /** Begins before the element of an index, which there must be; it will be the first one shown. */
    Cursor(PackedList list, long index, ListEnd towards) {
        this.list = list;
        this.towards = towards;
        int element = findChunk(index);
        boundary = Chunk.boundary(chunk, towards == ListEnd.TAIL ? element : element + 1);
    }

    /** A cursor that shows the element of an index; negative ones count from the tail. Null if there is no such element. */
    static Cursor at(PackedList list, long index) {
        long fromHead = index < 0 ? index + list.size() : index;
        if (fromHead < 0 || fromHead >= list.size()) {
            return null;
        }
        Cursor cursor = new Cursor(list, fromHead, ListEnd.TAIL);
        cursor.next();
        return cursor;
    }

    /** A cursor that shows the first element that is equal to one. Null if there is no such element. */
    static Cursor find(PackedList list, Slice element) {
        Cursor cursor = new Cursor(list, 0, ListEnd.TAIL);
        for (long left = list.size(); left > 0; left--) {
            cursor.next();
            if (cursor.shows(element)) {
                return cursor;
            }
        }
        return null;
    }

    /** Finds the chunk of an index. Returns the element's number in it. */
    private int findChunk(long index) {
        long place = list.place(index);
        enter((int) (place >>> Integer.SIZE));
        return (int) place;
    }

    private void enter(int newNumber) {
        number = newNumber;
        chunk = list.chunk(newNumber);
    }

    /** Shows the next element, which there must be. */
    void next() {
        if (towards == ListEnd.TAIL) {
            if (boundary == Chunk.end(chunk)) {
                enter(number + 1);
                boundary = Chunk.start(chunk);
            }
            length = Chunk.lengthAfter(chunk, boundary);
            offset = Chunk.bytesAfter(boundary, length);
            boundary += Chunk.packedBytes(length);
        } else {
            if (boundary == Chunk.start(chunk)) {
                enter(number - 1);
                boundary = Chunk.end(chunk);
            }
            length = Chunk.lengthBefore(chunk, boundary);
            offset = Chunk.bytesBefore(boundary, length);
            boundary -= Chunk.packedBytes(length);
        }
    }

    /** The number of the chunk that the cursor is in. */
    int chunkNumber() {
        return number;
    }

    /** Where in its chunk the next element begins, unless that is in the next chunk. */
    int boundary() {
        return boundary;
    }

    /** Where in its chunk the element begins that was shown last. */
    int start() {
        return towards == ListEnd.TAIL ? boundary - Chunk.packedBytes(length) : boundary;
    }

    /** Whether the element that was shown last is this one. */
    boolean shows(Slice element) {
        return length == element.length() && Chunk.isAt(chunk, start(), element);
    }

    /** The array that holds the element. */
    byte[] array() {
        return chunk;
    }

    /** Where in the array the element's bytes begin. */
    int offset() {
        return offset;
    }

    /** How many bytes the element has. */
    int length() {
        return length;
    }
}

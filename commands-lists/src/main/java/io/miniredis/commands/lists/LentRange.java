package io.miniredis.commands.lists;

import io.miniredis.api.Reply;
import io.miniredis.api.ReplySource;

/**
 * Neighbouring elements of a list as they were at one moment, to be sent while the list goes on changing. The chunks that they lie
 * in are lent, not copied; whoever changes one of them afterwards copies it first.
 */
final class LentRange implements ReplySource {
    /** Less than this is copied into the reply at once. */
    private static final int MIN_BYTES = 64 * 1024;

    private final byte[][] chunks;
    private int number;
    private byte[] chunk;
    private int boundary;
    private int left;
    private long remainingBytes;

    /** Lends the next {@code count} elements of a cursor that walks towards the tail. */
    LentRange(PackedList list, Cursor cursor, int count) {
        int first = cursor.chunkNumber();
        chunks = new byte[chunksOf(list, first, cursor.boundary(), count)][];
        for (int i = 0; i < chunks.length; i++) {
            chunks[i] = list.chunk(first + i);
            Chunk.lend(chunks[i]);
            remainingBytes += chunks[i].length;
        }
        chunk = chunks[0];
        boundary = cursor.boundary();
        left = count;
    }

    /** Whether the next elements of a cursor are so large together that they should be lent. */
    static boolean pays(PackedList list, Cursor cursor, int count) {
        long bytes = 0;
        int number = cursor.chunkNumber();
        for (long left = count; left > 0 && bytes < MIN_BYTES; number++) {
            byte[] chunk = list.chunk(number);
            bytes += chunk.length;
            left -= Chunk.count(chunk);
        }
        return bytes >= MIN_BYTES;
    }

    /** How many chunks some elements lie in, the first of which begins at a boundary. */
    private static int chunksOf(PackedList list, int first, int boundary, int count) {
        long left = count;
        int number = first;
        while (true) {
            byte[] chunk = list.chunk(number);
            left -= number == first ? Chunk.countFrom(chunk, boundary) : Chunk.count(chunk);
            number++;
            if (left <= 0) {
                return number - first;
            }
        }
    }

    @Override
    public void write(Reply reply, int bytes) {
        long written = 0;
        while (left > 0 && written < bytes) {
            if (boundary == Chunk.end(chunk)) {
                chunks[number++] = null;
                chunk = chunks[number];
                boundary = Chunk.start(chunk);
            }
            int length = Chunk.lengthAfter(chunk, boundary);
            reply.bulk(chunk, Chunk.bytesAfter(boundary, length), length);
            boundary += Chunk.packedBytes(length);
            written += length;
            left--;
        }
        remainingBytes = left == 0 ? 0 : Math.max(1, remainingBytes - written);
    }

    @Override
    public long remainingBytes() {
        return remainingBytes;
    }
}
